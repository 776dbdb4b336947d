package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import starbase.testing.StackFiles;

/**
 * The main job: one {@code ./lab up} of the stack file as it is, from nothing but a Proxmox API.
 * Proves what the real provider and talosctl ask of the simulated hosts and machines, and what API
 * server, Cilium operator and cert-manager say; not that a real Proxmox or Talos would answer so,
 * or that a real kubelet or agent would run what they were told.
 */
@ExtendWith(VirtualLab.class)
class UpIT {

  /** The most memory that the whole lab may take, in GiB. */
  private static final double MOST_MEMORY = 8;

  private final VirtualLab.Running lab;

  private final Talos talos;
  private final Simulator simulator;

  UpIT(VirtualLab.Running lab) {
    this.lab = lab;
    this.talos = new Talos(lab);
    this.simulator = new Simulator(lab.project());
  }

  @Test
  void theFirstUpSucceeds() {
    assertThat(lab.firstUp().succeeded().err()).doesNotContain("error:");
    System.out.printf("first ./lab up: %d s%n", lab.firstUp().took().toSeconds());
  }

  @Test
  void theWholeLabStaysWithinItsMemory() {
    var peak = lab.seen().peak() / (double) (1 << 30);
    System.out.printf("the lab's memory during the first up: %.1f GiB at most%n", peak);
    assertThat(peak).isBetween(0.5, MOST_MEMORY);
  }

  @Test
  void theMachinesOfThePlanRunOnTheirHosts() {
    assertThat(simulator.machines().values())
        .extracting(Simulator.Machine::name, Simulator.Machine::on)
        .containsExactly(
            tuple("cp1", true),
            tuple("cp2", true),
            tuple("cp3", true),
            tuple("w1", true),
            tuple("w2", true));
    assertThat(simulator.machines().values())
        .allSatisfy(machine -> assertThat(machine.tags()).contains("starbase", "starbase-lab"));
  }

  @Test
  void etcdHasEveryControlPlaneAsAMemberAndWasBegunOnce() {
    assertThat(talos.members()).containsExactly("cp1", "cp2", "cp3");
    assertThat(simulator.bootstraps()).isEqualTo(1);
  }

  @Test
  void everyMachineOfThePlanIsANodeThatIsReady() {
    assertThat(talos.readyNodes()).containsExactly("cp1", "cp2", "cp3", "w1", "w2");
  }

  @Test
  void nothingWasAskedOfProxmoxThatIsNotSimulated() {
    assertThat(simulator.unknown()).isEmpty();
  }

  @Test
  void theKubeconfigIsASecretOutputAndReachesTheSharedAddress() {
    var file = secretOutput("kubeconfig");
    var named = lab.exec("kubectl", "--kubeconfig", file, "config", "view", "--minify");
    assertThat(named.succeeded().out()).contains("server: https://" + Talos.VIP + ":6443");
    var nodes = lab.exec("kubectl", "--kubeconfig", file, "get", "nodes", "-o", "name");
    assertThat(nodes.succeeded().out().lines()).hasSize(5);
  }

  @Test
  void theTalosconfigIsASecretOutputAndReachesEveryControlPlane() {
    var file = secretOutput("talosconfig");
    for (var address : Talos.CONTROL_PLANES) {
      var asked =
          lab.exec(
              "talosctl",
              "--talosconfig",
              file,
              "--endpoints",
              address,
              "--nodes",
              address,
              "etcd",
              "members");
      assertThat(Talos.members(asked.succeeded())).as(address).hasSize(3);
    }
  }

  /** A file with the output, which is not shown to whoever does not ask for secrets. */
  private String secretOutput(String name) {
    var shown = lab.project().lab("output", name);
    assertThat(shown.exitCode()).isNotZero();
    assertThat(shown.all()).contains("is a secret").doesNotContain("-data:");
    var file = lab.project().folder().resolve(name);
    try {
      Files.writeString(
          file, lab.project().lab("output", "--show-secrets", name).succeeded().out());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toString();
  }

  @Test
  void bothGatewaysAreProgrammedAtTheAddressesOfTheStackFile() {
    var addresses = new TreeMap<String, String>();
    for (var gateway : items(lab.get("gateway", "-n", "gateway"))) {
      var programmed = condition(gateway.at("/status/conditions"), "Programmed");
      addresses.put(
          gateway.at("/metadata/name").asText(),
          gateway.at("/status/addresses/0/value").asText() + " Programmed=" + programmed);
    }
    assertThat(addresses)
        .isEqualTo(
            Map.of(
                "gateway-internal", "192.168.1.101 Programmed=True",
                "gateway-external", "192.168.1.102 Programmed=True"));
  }

  @Test
  void bothCertificatesAreIssued() {
    assertThat(
            items(lab.get("certificate", "-A")).stream()
                .collect(
                    Collectors.toMap(
                        c ->
                            c.at("/metadata/namespace").asText()
                                + "/"
                                + c.at("/metadata/name").asText(),
                        c -> condition(c.at("/status/conditions"), "Ready"))))
        .isEqualTo(Map.of("gateway/cert-starbase", "True", "gateway/argocd-tls-secret", "True"));
  }

  @Test
  void everyRouteIsAcceptedAndItsBackendsAreFound() {
    var routes = items(lab.get("httproute", "-A"));
    assertThat(routes)
        .extracting(r -> r.at("/metadata/name").asText())
        .contains("argocd", "homepage", "app-x");
    assertThat(routes)
        .allSatisfy(
            route -> {
              var conditions = route.at("/status/parents/0/conditions");
              assertThat(condition(conditions, "Accepted")).isEqualTo("True");
              assertThat(condition(conditions, "ResolvedRefs")).isEqualTo("True");
            });
  }

  @Test
  void allNodesAreReadyAndAllPodsRunOrHaveCompleted() {
    assertThat(items(lab.get("nodes")))
        .isNotEmpty()
        .allSatisfy(
            node ->
                assertThat(condition(node.at("/status/conditions"), "Ready")).isEqualTo("True"));
    assertThat(items(lab.get("pods", "-A")))
        .isNotEmpty()
        .allSatisfy(
            pod -> assertThat(pod.at("/status/phase").asText()).isIn("Running", "Succeeded"));
  }

  @Test
  void theLogsOfARealPodAreReadable() {
    var logs =
        lab.project()
            .lab("kubectl", "logs", "-n", "cert-manager", "deploy/cert-manager")
            .succeeded()
            .out();
    assertThat(logs).contains("cert-manager");
  }

  @Test
  void thePersonSeesGatewaysCertificatesAndWhatWasSimulated() {
    assertThat(lab.firstUp().out())
        .contains(
            "192.168.1.101",
            "192.168.1.102",
            "gateway-internal",
            "gateway-external",
            "cert-starbase")
        .contains("simulated");
  }

  @Test
  void aSecondUpChangesNothing() {
    var second =
        lab.project().lab("pulumi", "up", "--yes", "--skip-preview", "--expect-no-changes");
    assertThat(second.succeeded().out()).contains("unchanged");
    System.out.printf("an up without changes: %d s%n", second.took().toSeconds());
  }

  @Test
  void plainPulumiInTheLabDoesWhatUpDoes() {
    var preview = lab.exec("pulumi", "preview", "--expect-no-changes");
    assertThat(preview.succeeded().out()).contains("unchanged");
  }

  @Test
  void theStackFileInTheCloneStaysAsItIs() {
    assertThat(lab.project().stackFile()).hasSameTextualContentAs(StackFiles.of("lab"));
  }

  private static List<JsonNode> items(JsonNode list) {
    return StreamSupport.stream(list.at("/items").spliterator(), false).toList();
  }

  private static String condition(JsonNode conditions, String type) {
    return StreamSupport.stream(conditions.spliterator(), false)
        .filter(c -> c.at("/type").asText().equals(type))
        .map(c -> c.at("/status").asText())
        .findFirst()
        .orElse("missing");
  }
}
