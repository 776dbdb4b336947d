package starbase.tools.pullrequest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import starbase.findings.Finding;

/** Reports on answers of the engine: two captured from a lab, the others what those do not show. */
class ReportTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static JsonNode captured(String name) throws IOException {
    return JSON.readTree(ReportTest.class.getResource("/pullrequest/" + name + ".json"));
  }

  private static Report report(JsonNode answer, Finding... findings) {
    var same = Optional.of("flowchart LR\n");
    return new Report("main", Preview.of(answer), List.of(findings), same, same);
  }

  private static String step(String rest) {
    return "{\"steps\": [{\"urn\": \"urn:pulumi:lab::starbase::%s}]}".formatted(rest);
  }

  @Test
  void aChangedHostnameIsOneRowInItsLayer() throws IOException {
    assertThat(report(captured("hostname")).markdown())
        .isEqualTo(
            """
            ## What this changes in the lab

            Against `main`: 1 to update.

            ### apps

            |  | resource | field | before | after |
            |---|---|---|---|---|
            | update | HTTPRoute `app-x/app-x` | `spec.hostnames[0]` | `app.starbasestudio.uk` | `shop.starbasestudio.uk` |
            """);
  }

  @Test
  void aDeletedCertificateAndAnotherGatewayAddressComeWithAWarning() throws IOException {
    assertThat(report(captured("losses")).markdown())
        .isEqualTo(
            """
            ## What this changes in the lab

            Against `main`: 2 to update, 1 to delete.

            > [!CAUTION]
            > - Gateway `gateway/gateway-external` changes its **address**, `192.168.1.102` → `192.168.1.104`: every DNS record of its names must follow.
            > - Certificate `gateway/argocd-tls-secret` is **deleted**: its listeners may be left without TLS, and clients that pinned its key must trust another.

            ### gateways

            |  | resource | field | before | after |
            |---|---|---|---|---|
            | update | Gateway `gateway/gateway-internal` | `spec.listeners[1].tls.certificateRefs[0].name` | `argocd-tls-secret` | `cert-starbase` |
            | update | Gateway `gateway/gateway-external` | `metadata.annotations["pulumi.com/waitFor"]` | `["condition=Programmed","jsonpath={.status.addresses[0].value}=192.168.1.102"]` | `["condition=Programmed","jsonpath={.status.addresses[0].value}=192.168.1.104"]` |
            | update | Gateway `gateway/gateway-external` | `spec.addresses[0].value` | `192.168.1.102` | `192.168.1.104` |

            ### certs

            |  | resource | field | before | after |
            |---|---|---|---|---|
            | delete | Certificate `gateway/argocd-tls-secret` |  |  |  |
            """);
  }

  @Test
  void aReplacedMachineIsOneChangeWithAWarning() throws IOException {
    var answer =
        """
        {"steps": [
          {"op": "create-replacement", "urn": "URN"},
          {"op": "replace", "urn": "URN", "detailedDiff": {"name": {"kind": "update-replace"}},
           "oldState": {"inputs": {"name": "w1"}}, "newState": {"inputs": {"name": "w9"}}},
          {"op": "delete-replaced", "urn": "URN"}]}
        """
            .replace(
                "URN",
                "urn:pulumi:lab::starbase::starbase:proxmox:Proxmox$proxmoxve:index/vmLegacy:VmLegacy::proxmox-w1");
    assertThat(report(JSON.readTree(answer)).markdown())
        .contains("Against `main`: 1 to replace.\n")
        .contains("> - VmLegacy `proxmox-w1` is **replaced**: the machine's disks go with it.\n")
        .contains("### proxmox\n")
        .containsOnlyOnce("| replace | VmLegacy `proxmox-w1` | `name` | `w1` | `w9` |\n");
  }

  @Test
  void aMachineThatGoesAndSecretsThatGoComeWithAWarning() throws IOException {
    var answer =
        """
        {"steps": [
          {"op": "delete", "urn": "TALOSmember-w3"}, {"op": "delete", "urn": "TALOSconfig-w3"},
          {"op": "delete", "urn": "TALOSsecrets"},
          {"op": "delete", "urn": "PROXMOXw3"}]}
        """
            .replace(
                "TALOS",
                "urn:pulumi:lab::starbase::starbase:talos:Talos$command:local:Command::talos-")
            .replace(
                "PROXMOX",
                "urn:pulumi:lab::starbase::starbase:proxmox:Proxmox$proxmoxve:index/vmLegacy:VmLegacy::proxmox-");
    assertThat(report(JSON.readTree(answer)).markdown())
        .contains(
            """
            > [!CAUTION]
            > - Command `talos-member-w3` is **deleted**: the machine leaves the cluster, and Talos wipes its disk.
            > - Command `talos-secrets` is **deleted**: afterwards, nothing can access the cluster or its machines.
            > - VmLegacy `proxmox-w3` is **deleted**: the machine's disks go with it.
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "starbase:gatewayapi:GatewayApi$kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition::routes | CustomResourceDefinition `routes` is **deleted**: every object of its kind goes with it, in all namespaces.",
        "starbase:namespaces:Namespaces$kubernetes:core/v1:Namespace::namespaces-x | Namespace `namespaces-x` is **deleted**: everything in it goes with it, volumes too.",
        "starbase:cilium:Cilium$kubernetes:helm.sh/v3:Release::cilium-release | Release `cilium-release` is **deleted**: no pod has a network and nothing answers without it.",
        "pulumi:providers:kubernetes::cluster | kubernetes `cluster` is **deleted**: every object that goes through it is recreated."
      })
  void whatTakesMoreWithItThanItIsComesWithAWarning(String resource, String danger)
      throws IOException {
    var deleted = JSON.readTree(step(resource + "\", \"op\": \"delete\""));
    var replaced = JSON.readTree(step(resource + "\", \"op\": \"replace\""));

    assertThat(report(deleted).markdown()).contains("> - " + danger + "\n");
    assertThat(report(replaced).markdown())
        .contains("> - " + danger.replace("**deleted**", "**replaced**") + "\n");
  }

  @Test
  void aDefinitionThatIsRetainedIsOnlyForgotten() throws IOException {
    var kind =
        "starbase:gatewayapi:GatewayApi$kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";
    var deleted =
        JSON.readTree(
            step(
                kind + "::routes\", \"op\": \"delete\", \"oldState\": {\"retainOnDelete\": true}"));

    assertThat(report(deleted).markdown())
        .contains("is **deleted**: it stays in the cluster, and nothing updates it any more.\n");
  }

  @Test
  void aReleaseOfAnotherLayerIsNoDanger() throws IOException {
    var resource = "starbase:certs:Certs$kubernetes:helm.sh/v3:Release::certs-release";

    assertThat(report(JSON.readTree(step(resource + "\", \"op\": \"delete\""))).markdown())
        .doesNotContain("CAUTION");
  }

  @Test
  void whatIsSecretIsNeverShown() throws IOException {
    var secret =
        step(
            """
            starbase:apps:Apps$kubernetes:core/v1:Secret::s", "op": "update",
             "detailedDiff": {"data.password": {}, "metadata.labels": {}},
             "oldState": {"inputs": {"data": {"password": "b2xk"}}},
             "newState": {"inputs": {"data": {"password": "bmV3"}, "metadata": {"labels":
               {"a": {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "plaintext": "x"}}}}}\
            """);
    assertThat(report(JSON.readTree(secret)).markdown())
        .contains("| `data.password` | `[secret]` | `[secret]` |")
        .contains("| `metadata.labels` |  | `{\"a\":\"[secret]\"}` |")
        .doesNotContain("b2xk", "bmV3", "plaintext");
  }

  @Test
  void valuesCannotBreakOutOfTheTable() throws IOException {
    var odd =
        step(
            """
            starbase:apps:Apps$kubernetes:core/v1:ConfigMap::c", "op": "update",
             "detailedDiff": {"data[\\"a.b\\"]": {}},
             "oldState": {"inputs": {"data": {"a.b": "x | `y`"}}},
             "newState": {"inputs": {"data": {"a.b": "line\\n@everyone"}}}\
            """);
    assertThat(report(JSON.readTree(odd)).markdown())
        .contains("| `data[\"a.b\"]` | `` x \\| `y` `` | `line↵@everyone` |\n");
  }

  @Test
  void aPlanWithProblemsCannotBeCarriedOut() {
    var report =
        new Report(
            "main",
            Preview.none(),
            List.of(
                Finding.warning("starbase:a", "is odd"), Finding.error("starbase:b", "is wrong")),
            Optional.of("flowchart LR\n"),
            Optional.empty());
    assertThat(report.fine()).isFalse();
    assertThat(report.markdown())
        .isEqualTo(
            """
            ## What this changes in the lab

            Against `main`: this plan **can't be carried out**.

            ### Check

            - ❌ `starbase:b: is wrong`
            - ⚠️ `starbase:a: is odd`
            """);
  }

  @Test
  void whatTheEngineSaysIsShownUnlessTheCheckSaidIt() throws IOException {
    var answer =
        """
        {"diagnostics": [{"severity": "error", "message": "no such chart\\n"},
          {"severity": "warning", "message": "warning: starbase:a: is odd"},
          {"severity": "warning", "message": "deprecated"}, {"severity": "info#err", "message": "chatter"}]}
        """;
    var report = report(JSON.readTree(answer), Finding.warning("starbase:a", "is odd"));
    assertThat(report.fine()).isFalse();
    assertThat(report.markdown())
        .contains("### The preview failed\n\n```\nno such chart\n```\n")
        .contains("### Warnings of the engine\n\n```\ndeprecated\n```\n")
        .doesNotContain("chatter");
  }

  @Test
  void theTopologyIsDrawnOnlyWhenItDiffers() {
    var report =
        new Report("main", Preview.none(), List.of(), Optional.of("one\n"), Optional.of("other\n"));
    assertThat(report.markdown())
        .isEqualTo(
            """
            ## What this changes in the lab

            Against `main`: nothing.

            <details><summary>Topology, before and after</summary>

            Before:

            ```mermaid
            one
            ```

            After:

            ```mermaid
            other
            ```

            </details>
            """);
  }
}
