package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import starbase.LowerLayers;

/**
 * The layers proxmox and talos on somebody's own hosts: {@code ./lab test-hardware FILE}, with the
 * token in PROXMOX_VE_API_TOKEN. It makes the machines of the file, a cluster on them, and removes
 * all again: the file should name machines, ids and addresses that nobody needs.
 *
 * <p>Everywhere else nothing of it runs, so the simulated Proxmox is not proven to be like a real
 * one.
 */
@EnabledIfEnvironmentVariable(
    named = OnlyWithARealProxmoxIT.FILE,
    matches = ".+",
    disabledReason = "it makes machines on somebody's Proxmox: ./lab test-hardware FILE")
class OnlyWithARealProxmoxIT {

  static final String FILE = "STARBASE_HARDWARE";
  private static final String PROGRAM = "target/lower-layers.jar";

  @TempDir private Path folder;

  private Outcome pulumi(String... words) {
    var programs = System.getenv("STARBASE_BIN");
    var environment =
        Map.of(
            "PATH",
            programs + ":" + System.getenv("PATH"),
            "PULUMI_HOME",
            folder.resolve("home").toString(),
            "PULUMI_BACKEND_URL",
            folder.resolve("state").toUri().toString(),
            "PULUMI_CONFIG_PASSPHRASE",
            "for the time of this test",
            "PULUMI_STACK",
            "hardware",
            "PULUMI_SKIP_UPDATE_CHECK",
            "true",
            "STARBASE_DESTROY",
            words[0].equals("destroy") ? "yes" : "");
    var command = Stream.concat(Stream.of(programs + "/pulumi"), Stream.of(words)).toList();
    return Command.run(folder, environment, command);
  }

  private void theProject() throws IOException {
    Files.createDirectories(folder.resolve("target"));
    Files.createDirectories(folder.resolve("state"));
    Files.createSymbolicLink(folder.resolve("components"), Path.of("components").toAbsolutePath());
    SmallLab.Running.writeProgram(folder.resolve(PROGRAM));
    var project = Files.readString(Path.of("Pulumi.yaml"));
    Files.writeString(
        folder.resolve("Pulumi.yaml"), project.replace("target/starbase.jar", PROGRAM));
    Files.copy(Path.of(System.getenv(FILE)), folder.resolve("Pulumi.hardware.yaml"));
    pulumi("stack", "init", "hardware").succeeded();
  }

  @Test
  void theLowerLayersComeUpStayAsTheyAreAndGo() throws IOException {
    theProject();
    var up = pulumi("up", "--yes", "--skip-preview").succeeded();
    System.out.printf("%s: up in %d s%n", LowerLayers.class.getSimpleName(), up.took().toSeconds());

    assertThat(pulumi("up", "--yes", "--skip-preview", "--expect-no-changes").succeeded().all())
        .contains("unchanged");
    for (var output : List.of("kubeconfig", "talosconfig")) {
      assertThat(pulumi("stack", "output", "--show-secrets", output).succeeded().out())
          .isNotBlank();
    }
  }

  /** Also what a failed run left: machines on somebody's hosts. */
  @AfterEach
  void nothingIsLeft() {
    pulumi("destroy", "--yes", "--skip-preview", "--run-program").succeeded();
  }
}
