package starbase;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The resources of the machines and their steps are called as they ever were: under another name
 * they would be made anew, and the machines with them.
 */
class MachineUrnsTest {
  @ParameterizedTest
  @ValueSource(strings = {"lab", "idp"})
  void machinesAndTheirStepsKeepTheirTypesAndNames(String stack) throws IOException {
    var names =
        RecordedLab.recording(stack).registered().stream()
            .map(resource -> resource.type() + " " + resource.name())
            .filter(name -> name.contains("proxmox") || name.contains(" talos"))
            .sorted();

    assertThat(names).containsExactlyElementsOf(kept(stack).lines().toList());
  }

  private static String kept(String stack) throws IOException {
    var file = "machine-urns-" + stack + ".txt";
    try (var names = MachineUrnsTest.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(names, file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void eachIsBelowItsLayer() {
    assertThat(RecordedLab.recording().registered())
        .filteredOn(resource -> resource.name().startsWith("talos-config-"))
        .isNotEmpty()
        .allMatch(resource -> resource.parent().equals("talos"));
    assertThat(RecordedLab.recording().registered())
        .filteredOn(resource -> resource.name().matches("proxmox-(cp|w)\\d"))
        .hasSize(5)
        .allMatch(resource -> resource.parent().equals("proxmox"));
  }
}
