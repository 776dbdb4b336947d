package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The main job: one {@code ./lab up} of the stack file as it is. Proves what API server, Cilium
 * operator and cert-manager say; not that a real kubelet or a real agent would run what they were
 * told.
 */
@ExtendWith(VirtualLab.class)
class UpIT {

  private final VirtualLab.Running lab;

  UpIT(VirtualLab.Running lab) {
    this.lab = lab;
  }

  @Test
  void theFirstUpSucceeds() {
    assertThat(lab.firstUp().succeeded().err()).doesNotContain("error:");
    System.out.printf("first ./lab up: %d s%n", lab.firstUp().took().toSeconds());
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
    assertThat(lab.project().stackFile())
        .hasSameTextualContentAs(java.nio.file.Path.of("Pulumi.lab.yaml"));
  }

  private static java.util.List<JsonNode> items(JsonNode list) {
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
