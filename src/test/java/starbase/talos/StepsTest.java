package starbase.talos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What steps are told, and what makes them run again. */
class StepsTest {
  private static final String CONTROL_PLANES = "cp1=192.168.1.11 cp2=192.168.1.12 cp3=192.168.1.13";

  @Test
  void aMachineThatLeavesKnowsItselfAndWhoStays() {
    var steps = new Steps(RealTalos.CONFIG, RealTalos.cluster());

    assertThat(steps.leave(RealTalos.machine("w1")))
        .isEqualTo(
            Map.of(
                "CLUSTER", "starbase-lab",
                "ENDPOINT", "https://192.168.1.10:6443",
                "CONTROL_PLANES", CONTROL_PLANES,
                "NAME", "w1",
                "ADDRESS", "192.168.1.21",
                "ROLE", "worker"));
  }

  @Test
  void accessIsMintedAgainForANewWordAndForNothingElse() {
    var before = new Steps(RealTalos.CONFIG, RealTalos.cluster());
    var renewed =
        new Steps(
            new TalosConfig(
                Optional.empty(),
                Optional.of(
                    new TimeoutsConfig(
                        Optional.of(1), Optional.of(2), Optional.of(3), Optional.of(4))),
                Optional.of("2027")),
            RealTalos.withoutWorkers());

    assertThat(before.kubeconfig())
        .isEqualTo(
            Map.of(
                "CLUSTER", "starbase-lab",
                "ENDPOINT", "https://192.168.1.10:6443",
                "RENEWED", "",
                "NAME", "cp1",
                "ADDRESS", "192.168.1.11",
                "ROLE", "controlplane"));
    assertThat(renewed.kubeconfig())
        .containsEntry("RENEWED", "2027")
        .containsOnlyKeys(before.kubeconfig().keySet());
    assertThat(renewed.talosconfig())
        .containsEntry("RENEWED", "2027")
        .containsOnlyKeys(before.talosconfig().keySet());
  }

  @Test
  void theStackFilesTimeoutsAreTold() {
    var steps =
        new Steps(
            new TalosConfig(
                Optional.empty(),
                Optional.of(
                    new TimeoutsConfig(
                        Optional.of(1), Optional.empty(), Optional.of(3), Optional.of(4))),
                Optional.empty()),
            RealTalos.cluster());

    assertThat(steps.bootstrap())
        .containsEntry("ANSWER", "1")
        .containsEntry("UPGRADE", "3")
        .containsEntry("LEAVE", "4")
        .doesNotContainKey("READY");
  }

  @Test
  void readyIsWaitedForAgainWhenAnyMachinesConfigChanges() {
    var config =
        RealTalos.patched(
            new PatchesConfig(
                Optional.empty(),
                Optional.empty(),
                RealTalos.patch("machine", Map.of("sysctls", Map.of("vm.max_map_count", "1"))),
                Optional.empty()));

    assertThat(new Steps(config, RealTalos.cluster()).ready())
        .isNotEqualTo(new Steps(RealTalos.CONFIG, RealTalos.cluster()).ready());
  }

  @Test
  void aTimeThatIsNoneIsRefused() {
    var none = Optional.of(0);

    assertThatThrownBy(
            () -> new TimeoutsConfig(Optional.empty(), none, Optional.empty(), Optional.empty()))
        .hasMessage("ready is no time; allowed: seconds, at least 1");
  }
}
