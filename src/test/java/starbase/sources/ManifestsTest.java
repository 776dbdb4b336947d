package starbase.sources;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import starbase.kubernetes.Manifest;

class ManifestsTest {
  private static final byte[] FILE =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: first}
      data: {number: "1"}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: second}
      """
          .getBytes(UTF_8);

  @TempDir private Path folder;
  private Repository web;
  private Manifests manifests;

  @BeforeEach
  void serve() throws IOException {
    web = new Repository();
    web.put("/two.yaml", FILE);
    manifests = new Manifests(new Web(), new Cache(folder));
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void everyObjectOfAFileIsReadInItsOrder() {
    assertThat(manifests.fetch(web.address("/two.yaml"), Digest.of(FILE)))
        .extracting(Manifest::name)
        .containsExactly("first", "second");
  }

  @Test
  void aFileThatIsCachedNeedsNoNetwork() {
    manifests.fetch(web.address("/two.yaml"), Digest.of(FILE));
    manifests.fetch(web.address("/two.yaml"), Digest.of(FILE));

    assertThat(web.asked()).containsExactly("/two.yaml");
  }

  @Test
  void aFileWithAnotherHashIsRefusedWithBothHashesAndNotKept() {
    var pinned = "f".repeat(64);

    assertThatThrownBy(() -> manifests.fetch(web.address("/two.yaml"), pinned))
        .isExactlyInstanceOf(RunException.class)
        .hasMessage(
            "%s has another SHA-256 than expected:\n  expected %s\n  actual   %s"
                .formatted(web.address("/two.yaml"), pinned, Digest.of(FILE)));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aCachedFileThatWasChangedIsFetchedAgain() throws IOException {
    manifests.fetch(web.address("/two.yaml"), Digest.of(FILE));
    Files.writeString(folder.resolve("manifests").resolve(Digest.of(FILE) + ".yaml"), "changed");

    assertThat(manifests.fetch(web.address("/two.yaml"), Digest.of(FILE))).hasSize(2);
    assertThat(web.asked()).containsExactly("/two.yaml", "/two.yaml");
  }
}
