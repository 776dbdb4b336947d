package starbase.talos;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Stash;
import com.pulumi.resources.StashArgs;
import com.pulumi.test.PulumiTest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import starbase.layer.Layer;
import starbase.net.DnsLabel;
import starbase.testing.Recording;
import starbase.testing.Registered;

/**
 * The steps for the cluster of Pulumi.lab.yaml, in their order. That the engine takes steps in this
 * order, and backwards when it deletes, is not proven here.
 */
class TalosOrderTest {
  private static final String SCRIPT = "exec bash components/starbase/talos/talos.sh ";
  private static final String SECRET = "4dabf18193072939515e22adb298388d";
  private static Recording recorded;

  /** A machine's hardware, below a component as the layer of machines is one. */
  private static final class Hardware extends Layer {
    private final Stash metal;

    private Hardware() {
      super("starbase:test:Hardware", "hardware", ComponentResourceOptions.builder().build());
      metal = new Stash("metal", StashArgs.builder().input((Object) "").build(), after());
      registerOutputs(Map.of());
    }
  }

  @BeforeAll
  static void record() {
    recorded = record(RealTalos.cluster());
  }

  private static Recording record(TalosCluster cluster) {
    return Recording.of(
        context -> {
          var hardware = new Hardware();
          var options = ComponentResourceOptions.builder().dependsOn(hardware).build();
          var talos =
              new Talos(
                  "talos",
                  new TalosArgs(
                      RealTalos.CONFIG,
                      cluster,
                      Optional.empty(),
                      Map.of(
                          new DnsLabel("cp1"), hardware.metal, new DnsLabel("w1"), hardware.metal),
                      Set.of()),
                  options);
          context.export("kubeconfig", talos.kubeconfig());
          context.export("talosconfig", talos.talosconfig());
        });
  }

  @ParameterizedTest
  @CsvSource({
    "talos-member-cp1, metal",
    "talos-member-cp2, metal talos-member-cp1",
    "talos-member-cp3, metal talos-member-cp1 talos-member-cp2",
    "talos-member-w1, metal talos-member-cp1 talos-member-cp2 talos-member-cp3",
    "talos-member-w2, metal talos-member-cp1 talos-member-cp2 talos-member-cp3 talos-member-w1"
  })
  void machinesLeaveOneAfterTheOtherWorkersFirstAndAllBeforeTheirHardware(
      String member, String before) {
    assertThat(before(member)).isEqualTo(Set.of(before.split(" ")));
    assertThat(step(member).inputs())
        .containsEntry("delete", SCRIPT + "leave")
        .doesNotContainKeys("create", "update", "triggers");
  }

  @ParameterizedTest
  @CsvSource({
    "talos-upgrade-cp1, ''",
    "talos-upgrade-cp2, talos-upgrade-cp1",
    "talos-upgrade-cp3, talos-upgrade-cp2",
    "talos-upgrade-w1, talos-upgrade-cp3",
    "talos-upgrade-w2, talos-upgrade-w1"
  })
  void machinesAreUpgradedOneAfterTheOtherControlPlanesFirst(String upgrade, String before) {
    assertThat(before(upgrade)).isEqualTo(before.isEmpty() ? Set.of() : Set.of(before));
    assertThat(step(upgrade).inputs())
        .containsEntry("update", SCRIPT + "upgrade")
        .doesNotContainKeys("create", "delete", "triggers");
  }

  @Test
  void kubernetesIsUpgradedAfterTalosAndBeforeTheConfigsThatNameIt() {
    var upgrade = step("talos-upgrade-kubernetes");

    assertThat(before("talos-upgrade-kubernetes")).containsExactly("talos-upgrade-w2");
    assertThat(upgrade.inputs())
        .containsEntry("update", SCRIPT + "upgrade-k8s")
        .doesNotContainKeys("create", "delete", "triggers");
  }

  @ParameterizedTest
  @CsvSource({
    "talos-config-cp1, talos-upgrade-kubernetes, talos-member-cp1",
    "talos-config-cp2, talos-config-cp1, talos-member-cp2",
    "talos-config-cp3, talos-config-cp2, talos-member-cp3",
    "talos-config-w1, talos-bootstrap, talos-member-w1",
    "talos-config-w2, talos-config-w1, talos-member-w2"
  })
  void machinesGetTheirConfigsOneAfterTheOtherWorkersWhenTheClusterHasBegun(
      String config, String before, String member) {
    assertThat(stepsBefore(config)).containsExactlyInAnyOrder(before, member);
    assertThat(step(config).inputs())
        .containsEntry("create", SCRIPT + "apply")
        .doesNotContainKeys("update", "delete", "triggers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"talos-member-cp1", "talos-config-cp1", "talos-member-w1", "talos-config-w1"})
  void aMachineOfOtherHardwareLeavesBeforeAndIsConfiguredAndJoinsAgain(String name) {
    var request = step(name).request();

    assertThat(request.getReplaceWithList()).singleElement().asString().endsWith("::metal");
    assertThat(request.getDeleteBeforeReplace()).as("it must not leave when it is new").isTrue();
    assertThat(request.getProtect()).isEqualTo(name.contains("cp"));
  }

  @Test
  void otherHardwareOfOneMachineTouchesNoOtherMachine() {
    assertThat(step("talos-member-w2").request().getReplaceWithList()).isEmpty();
    assertThat(step("talos-config-w2").request().getReplaceWithList()).isEmpty();
    assertThat(step("talos-ready").request().getReplaceWithList())
        .as("all are waited for again")
        .isNotEmpty();
  }

  @Test
  void theClusterBeginsWhenAllControlPlanesHaveTheirConfigsAndNeverAgain() {
    var bootstrap = step("talos-bootstrap");

    assertThat(before("talos-bootstrap")).containsExactly("talos-config-cp3");
    assertThat(bootstrap.request().getIgnoreChangesList())
        .containsExactly("create", "environment", "stdin");
  }

  @Test
  void theClusterIsReadyAfterTheLastConfigAndThenHandsOutAccess() {
    assertThat(stepsBefore("talos-ready")).containsExactly("talos-config-w2");
    assertThat(before("talos-kubeconfig")).containsExactly("talos-ready");
  }

  @ParameterizedTest
  @ValueSource(strings = {"talos-key", "talos-secrets"})
  void whatTheClustersLifeHangsOnIsProtectedAndMadeOnce(String name) {
    var made = recorded.only(name).request();

    assertThat(made.getProtect()).isTrue();
    assertThat(made.getIgnoreChangesList()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"talos-secrets", "talos-kubeconfig", "talos-talosconfig"})
  void whatPrintsASecretHasItsOutputEncryptedInTheState(String name) {
    assertThat(step(name).request().getAdditionalSecretOutputsList()).contains("stdout", "stderr");
  }

  @Test
  void noStepIsToldASecretButByItsStandardInput() {
    assertThat(steps())
        .allSatisfy(
            step -> {
              assertThat(step.input("stdin")).asString().contains(SECRET);
              assertThat(Map.of("all but stdin", withoutStdin(step)).toString())
                  .doesNotContain("the secrets bundle", SECRET);
            });
  }

  @Test
  void accessIsOpenedAndTheTalosconfigKnowsWhomToAsk() {
    assertThat(output("kubeconfig")).isEqualTo("the kubeconfig");
    assertThat(output("talosconfig"))
        .isEqualTo(
            """
            ---
            contexts:
              starbase-lab:
                endpoints:
                - "192.168.1.11"
                - "192.168.1.12"
                - "192.168.1.13"
                nodes:
                - "192.168.1.11"
            """);
  }

  @Test
  void aThirdWorkerChangesNothingThatIsThereButWhatReadyWaitsFor() {
    var more = record(RealTalos.withWorker("w3", "192.168.1.23"));

    assertThat(steps())
        .filteredOn(
            step -> !withoutStdin(step).equals(withoutStdin(more.only(step.type(), step.name()))))
        .extracting(Registered::name)
        .containsExactly("talos-ready");
  }

  @Test
  void aBundleThatIsThereAlreadyIsTakenAndNoneIsMade() {
    var imported =
        Recording.of(
            context ->
                new Talos(
                    "talos",
                    new TalosArgs(
                        RealTalos.CONFIG,
                        RealTalos.cluster(),
                        Optional.of(Output.ofSecret("theirs")),
                        Map.of(),
                        Set.of()),
                    ComponentResourceOptions.builder().build()));

    assertThat(imported.registered())
        .extracting(Registered::name)
        .contains("talos-key", "talos-ready")
        .doesNotContain("talos-secrets");
    assertThat(imported.only("talos-ready").input("stdin")).asString().contains("theirs");
  }

  /** What a step waits for, besides the secrets that it is handed. */
  private static Set<String> before(String name) {
    var before = new HashSet<>(step(name).dependsOn());
    before.removeAll(Set.of("talos-key", "talos-secrets"));
    return before;
  }

  /** The same without the hardware, which what is replaced with it waits for too. */
  private static Set<String> stepsBefore(String name) {
    var before = before(name);
    before.remove("metal");
    return before;
  }

  private static Registered step(String name) {
    return recorded.only("command:local:Command", name);
  }

  private static List<Registered> steps() {
    return recorded.registered().stream()
        .filter(each -> each.type().equals("command:local:Command"))
        .toList();
  }

  private static Map<String, Object> withoutStdin(Registered step) {
    var inputs = step.inputs();
    inputs.remove("stdin");
    return inputs;
  }

  private static String output(String name) {
    return String.valueOf(PulumiTest.extractValue(recorded.result().output(name)));
  }
}
