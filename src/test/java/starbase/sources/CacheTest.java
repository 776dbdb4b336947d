package starbase.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {
  @TempDir private Path folder;

  @Test
  void theCacheIsWhereTheXdgSpecificationPutsIt() {
    var home = Path.of("/home/me");

    assertThat(Cache.ofUser(Map.of("XDG_CACHE_HOME", "/var/cache"), home).folder())
        .isEqualTo(Path.of("/var/cache/starbase"));
    assertThat(Cache.ofUser(Map.of("XDG_CACHE_HOME", ""), home).folder())
        .isEqualTo(Path.of("/home/me/.cache/starbase"));
    assertThat(Cache.ofUser(Map.of(), home).folder())
        .isEqualTo(Path.of("/home/me/.cache/starbase"));
  }

  @Test
  void whatIsKeptIsReadAgainAndNothingElseIsLeftBehind() {
    var cache = new Cache(folder);
    cache.keep("a/b.txt", new byte[] {1});
    cache.keep("a/b.txt", new byte[] {2});

    assertThat(cache.read("a/b.txt"))
        .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(2));
    assertThat(cache.read("a/c.txt")).isEmpty();
    assertThat(folder.resolve("a"))
        .isDirectoryContaining("glob:**b.txt")
        .isDirectoryNotContaining("glob:**.part");
  }
}
