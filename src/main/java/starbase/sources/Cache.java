package starbase.sources;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/**
 * Files that were fetched and found right, in the person's cache folder.
 *
 * @param folder the folder; made when the first file comes
 */
public record Cache(Path folder) {
  /**
   * The folder that the XDG base directory specification says: {@code $XDG_CACHE_HOME/starbase},
   * else {@code ~/.cache/starbase}.
   */
  public static Cache ofUser(Map<String, String> environment, Path home) {
    var base = environment.getOrDefault("XDG_CACHE_HOME", "");
    return new Cache((base.isEmpty() ? home.resolve(".cache") : Path.of(base)).resolve("starbase"));
  }

  /** The file's bytes, if it is there. */
  Optional<byte[]> read(String file) {
    var path = folder.resolve(file);
    try {
      return Files.exists(path) ? Optional.of(Files.readAllBytes(path)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps a file. */
  void keep(String file, byte[] bytes) {
    write(folder.resolve(file), bytes);
  }

  /** Writes a file so that nobody ever sees half of it: aside first, then moved into place. */
  static void write(Path file, byte[] bytes) {
    try {
      var parent = Files.createDirectories(file.toAbsolutePath().getParent());
      var aside = Files.createTempFile(parent, ".", ".part");
      try {
        Files.write(aside, bytes);
        Files.move(
            aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(aside);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
