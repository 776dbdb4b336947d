package starbase.sources;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import starbase.kubernetes.Chart;
import starbase.kubernetes.ChartSource;

class ChartsTest {
  private static final byte[] PACKED = "a packed chart".getBytes(UTF_8);

  @TempDir private Path cache;
  @TempDir private Path project;
  private Repository web;

  @BeforeEach
  void serve() throws IOException {
    web = new Repository();
    web.put("/charts/files/cilium-1.20.2.tgz", PACKED);
    index(Digest.of(PACKED), "files/cilium-1.20.2.tgz");
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private void index(String digest, String url) {
    web.put(
        "/charts/index.yaml",
        """
        apiVersion: v1
        generated: "2026-01-01T00:00:00Z"
        entries:
          cilium:
            - {version: 1.20.2, digest: %s, urls: ["%s"], appVersion: 1.20.2}
            - {version: 1.20.1, digest: abc, urls: [files/cilium-1.20.1.tgz]}
        """
            .formatted(digest, url)
            .getBytes(UTF_8));
  }

  private Charts charts() {
    return new Charts(new Web(), new Cache(cache), project);
  }

  private ChartSource source(String name, String version) {
    return new ChartSource.Repository(web.address("/charts"), name, version);
  }

  @Test
  void aChartBecomesAFileOfTheProject() throws IOException {
    var chart = charts().locate(source("cilium", "1.20.2"));

    assertThat(chart).isEqualTo(new Chart("target/charts/cilium-1.20.2.tgz", Optional.empty()));
    assertThat(Files.readAllBytes(project.resolve(chart.location()))).isEqualTo(PACKED);
  }

  @Test
  void aChartThatIsCachedNeedsNoNetwork() throws IOException {
    charts().locate(source("cilium", "1.20.2"));
    Files.delete(project.resolve("target/charts/cilium-1.20.2.tgz"));

    charts().locate(source("cilium", "1.20.2"));

    assertThat(web.asked())
        .containsExactly("/charts/index.yaml", "/charts/files/cilium-1.20.2.tgz");
    assertThat(project.resolve("target/charts/cilium-1.20.2.tgz")).hasBinaryContent(PACKED);
  }

  @Test
  void theSameChartOfAnotherRepositoryIsAnotherChart() {
    charts().locate(source("cilium", "1.20.2"));
    var other = new ChartSource.Repository(web.address("/other"), "cilium", "1.20.2");

    assertThatThrownBy(() -> charts().locate(other))
        .isExactlyInstanceOf(RunException.class)
        .hasMessage(
            web.address("/other/index.yaml")
                + " answered 404, not 200; check the address and version in the stack file");
  }

  @Test
  void aChartThatItsIndexDoesNotVouchForIsRefusedAndNotKept() {
    index("0".repeat(64), "files/cilium-1.20.2.tgz");

    assertThatThrownBy(() -> charts().locate(source("cilium", "1.20.2")))
        .isExactlyInstanceOf(RunException.class)
        .hasMessage(
            "%s, by its repository's index, has another SHA-256 than expected:\n  expected %s\n  actual   %s"
                .formatted(
                    web.address("/charts/files/cilium-1.20.2.tgz"),
                    "0".repeat(64),
                    Digest.of(PACKED)));
    assertThat(cache).isEmptyDirectory();
    assertThat(project).isEmptyDirectory();
  }

  @Test
  void aChartAtAFullAddressIsFetchedFromThere() {
    index(Digest.of(PACKED), web.address("/charts/files/cilium-1.20.2.tgz").toString());

    charts().locate(source("cilium", "1.20.2"));

    assertThat(project.resolve("target/charts/cilium-1.20.2.tgz")).hasBinaryContent(PACKED);
  }

  @Test
  void aVersionThatTheRepositoryHasNotIsAnErrorThatNamesThoseItHas() {
    assertThatThrownBy(() -> charts().locate(source("cilium", "1.21.0")))
        .isExactlyInstanceOf(RunException.class)
        .hasMessage(
            web.address("/charts/index.yaml")
                + " has no version \"1.21.0\" of chart \"cilium\"; it has: 1.20.2, 1.20.1");
  }

  @Test
  void aChartThatTheRepositoryHasNotIsAnErrorThatNamesThoseItHas() {
    assertThatThrownBy(() -> charts().locate(source("silium", "1.20.2")))
        .isExactlyInstanceOf(RunException.class)
        .hasMessage(
            web.address("/charts/index.yaml") + " has no chart \"silium\"; it has: [cilium]");
  }

  @Test
  void aRepositoryThatDoesNotAnswerIsAnErrorThatSaysSo() {
    var source = source("cilium", "1.20.2");
    web.close();

    assertThatThrownBy(() -> charts().locate(source))
        .isExactlyInstanceOf(RunException.class)
        .hasMessage(
            web.address("/charts/index.yaml")
                + " cannot be fetched (no connection) and is not in the cache; check the network, then run again");
  }

  @Test
  void aChartOfARegistryIsLeftToTheProvider() {
    var source = new ChartSource.Oci(URI.create("oci://quay.io/cilium/charts/cilium"), "1.20.2");

    assertThat(charts().locate(source))
        .isEqualTo(new Chart("oci://quay.io/cilium/charts/cilium", Optional.of("1.20.2")));
    assertThat(web.asked()).isEmpty();
  }
}
