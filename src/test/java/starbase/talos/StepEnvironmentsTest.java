package starbase.talos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import starbase.net.DnsLabel;

/** What steps are told, and what makes them run again. */
class StepEnvironmentsTest {
  private static final String CONTROL_PLANES = "cp1=192.168.1.11 cp2=192.168.1.12 cp3=192.168.1.13";

  @Test
  void aMachineThatLeavesKnowsItselfAndWhoStays() {
    var steps = new StepEnvironments(RealTalos.CONFIG, RealTalos.cluster(), Set.of());

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
    var before = new StepEnvironments(RealTalos.CONFIG, RealTalos.cluster(), Set.of());
    var renewed =
        new StepEnvironments(
            new TalosConfig(
                Optional.empty(),
                Optional.of(
                    new TimeoutsConfig(
                        Optional.of(1), Optional.of(2), Optional.of(3), Optional.of(4))),
                Optional.of("2027")),
            RealTalos.withoutWorkers(),
            Set.of());

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
        new StepEnvironments(
            new TalosConfig(
                Optional.empty(),
                Optional.of(
                    new TimeoutsConfig(
                        Optional.of(1), Optional.empty(), Optional.of(3), Optional.of(4))),
                Optional.empty()),
            RealTalos.cluster(),
            Set.of());

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

    assertThat(new StepEnvironments(config, RealTalos.cluster(), Set.of()).ready())
        .isNotEqualTo(
            new StepEnvironments(RealTalos.CONFIG, RealTalos.cluster(), Set.of()).ready());
  }

  @Test
  void theStepsOfAMachineWhoseHostIsDownRunAgainOnceItIsBackAndThoseOfOthersDoNot() {
    var before = new StepEnvironments(RealTalos.CONFIG, RealTalos.cluster(), Set.of());
    var down =
        new StepEnvironments(
            RealTalos.CONFIG, RealTalos.cluster(), Set.of(new DnsLabel("cp2"), new DnsLabel("w2")));

    for (var name : List.of("cp2", "w2")) {
      var machine = RealTalos.machine(name);
      assertThat(down.apply(machine)).containsEntry("ABSENT", name);
      assertThat(down.upgrade(machine)).containsEntry("ABSENT", name);
      assertThat(down.leave(machine)).isEqualTo(before.leave(machine));
    }
    assertThat(down.ready())
        .as("only control planes are waited for")
        .containsEntry("ABSENT", "cp2");
    for (var name : List.of("cp1", "cp3", "w1")) {
      var machine = RealTalos.machine(name);
      assertThat(down.apply(machine)).isEqualTo(before.apply(machine));
      assertThat(down.upgrade(machine)).isEqualTo(before.upgrade(machine));
    }
    assertThat(down.bootstrap()).isEqualTo(before.bootstrap());
    assertThat(down.kubeconfig()).isEqualTo(before.kubeconfig());
    assertThat(down.upgradeKubernetes()).isEqualTo(before.upgradeKubernetes());
  }

  @Test
  void aTimeThatIsNoneIsRefused() {
    var none = Optional.of(0);

    assertThatThrownBy(
            () -> new TimeoutsConfig(Optional.empty(), none, Optional.empty(), Optional.empty()))
        .hasMessage("ready is not a timeout; allowed: 1 or more, in seconds");
  }
}
