package starbase.talos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import starbase.machines.Machine;

/**
 * The real talosctl takes the patches of each machine, and finds no fault with the whole config.
 */
@Tag("parts")
class ValidConfigTest {
  @TempDir private Path folder;

  static Stream<Machine> machines() {
    return RealTalos.cluster().machines().stream();
  }

  @ParameterizedTest
  @MethodSource("machines")
  void theConfigOfEachMachineIsValid(Machine machine) throws IOException {
    assertThat(problems(machine, RealTalos.CONFIG)).isEmpty();
  }

  @Test
  void aPatchThatTalosDoesNotKnowIsFound() throws IOException {
    var config =
        RealTalos.patched(
            new PatchesConfig(
                RealTalos.patch("machine", Map.of("kubelett", Map.of())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));

    assertThat(problems(RealTalos.machine("w1"), config)).contains("kubelett");
  }

  private String problems(Machine machine, TalosConfig config) throws IOException {
    var cluster = RealTalos.cluster();
    var role = machine.role().ofTalos();
    var words = new ArrayList<>(List.of("machineconfig", "patch", role, "--output", "whole"));
    var patches = TalosPlan.patches(machine, config, cluster);
    for (var patch : patches) {
      var file = folder.resolve("patch-" + words.size());
      Files.writeString(file, patch);
      words.addAll(List.of("--patch", "@" + file));
    }
    return run("gen", "secrets", "--output-file", "secrets")
        + run(
            List.of(
                    "gen config lab %s --with-secrets secrets --talos-version v1.13 --kubernetes-version %s --with-docs=false --with-examples=false --output-types %s --output %s"
                        .formatted(cluster.endpoint(), cluster.kubernetes(), role, role)
                        .split(" "))
                .toArray(String[]::new))
        + run(words.toArray(String[]::new))
        + run("validate", "--config", "whole", "--mode", "cloud", "--strict");
  }

  /** What talosctl finds fault with; empty if it succeeds. */
  private String run(String... words) throws IOException {
    var command = new ArrayList<>(List.of(talosctl().toString()));
    command.addAll(List.of(words));
    var output = folder.resolve("output");
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      return process.waitFor() == 0 ? "" : Files.readString(output);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Path talosctl() {
    var folder = System.getProperty("starbase.bin", "");
    var file = Path.of(folder).resolve("talosctl");
    if (folder.isEmpty() || folder.startsWith("$") || !Files.isExecutable(file)) {
      throw new AssertionError(
          "no talosctl in \"%s\"; ./lab test sets STARBASE_BIN to the folder of the built programs"
              .formatted(folder));
    }
    return file;
  }
}
