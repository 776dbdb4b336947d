package starbase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import starbase.config.InvalidConfig;
import starbase.config.Problem;
import starbase.testing.RealLab;

/** The real stack file, and what is said when one thing in it is wrong. */
class StackConfigTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void thePulumiVariableAndTheFileGiveTheSameLab() throws IOException {
    var pulumi = JSON.createObjectNode();
    stackFile()
        .path("config")
        .properties()
        .forEach(entry -> pulumi.put(entry.getKey(), entry.getValue().toString()));

    assertThat(StackConfig.ofPulumi(pulumi.toString())).isEqualTo(RealLab.config());
  }

  @Test
  void keysOfOtherPackagesAreNotOurs() throws IOException {
    var file = stackFile();
    ((ObjectNode) file.path("config")).put("kubernetes:context", "other");

    assertThat(StackConfig.ofFile(write(file))).isEqualTo(RealLab.config());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/starbase:gateways/gateway-internal/address | \"192.168.1.300\" | starbase:gateways.gateway-internal.address: \"192.168.1.300\" is not an IPv4 address; allowed: four numbers from 0 to 255, as in 192.168.1.101",
        "/starbase:gateways/gateway-internal/listeners | [] | starbase:gateways.gateway-internal: listeners is empty; allowed: at least one",
        "/starbase:gateways/gateway-internal/listeners/1/name | \"http\" | starbase:gateways.gateway-internal: listeners has the name \"http\" twice; allowed: each name once",
        "/starbase:gateways/gateway-internal/listeners/1/hostname | \"argocd_starbase\" | starbase:gateways.gateway-internal.listeners[1].hostname: \"argocd_starbase\" is not a hostname; allowed: lower case labels of letters, digits and - joined by dots, as in home.starbasestudio.uk or *.starbasestudio.uk",
        "/starbase:gateways/gateway-internal/listeners/1/port | 0 | starbase:gateways.gateway-internal.listeners[1].port: 0 is not a port; allowed: 1 to 65535",
        "/starbase:gateways/gateway-internal/redirect | true | starbase:gateways.gateway-internal.redirect: is not known; allowed: namespace, address, listeners, redirectToHttps",
        "/starbase:cilium/addresses/0 | \"192.168.1.100/28\" | starbase:cilium.addresses[0]: \"192.168.1.100/28\" is not aligned: it is the network 192.168.1.96-192.168.1.111; allowed: 192.168.1.96/28, or a range as in first-last",
        "/starbase:cilium/addresses | [] | starbase:cilium: addresses is empty; allowed: at least one range",
        "/starbase:cilium/interfaces | [] | starbase:cilium: interfaces is empty; allowed: at least one regular expression, as in ^eth",
        "/starbase:cilium/chart/url | \"ftp://helm.cilium.io\" | starbase:cilium.chart: url \"ftp://helm.cilium.io\" is no address of a chart; allowed: one that starts with http:// or https://",
        "/starbase:cilium/chart/version | 1.2 | starbase:cilium.chart.version: 1.2 is not a text; allowed: the same in quotes",
        "/starbase:cilium/values | null | starbase:cilium.values: has no value; allowed: a value, or the key left out if it may be",
        "/starbase:cluster/kind | \"talosctl\" | starbase:cluster.kind: \"talosctl\" is not known; allowed: existing",
        "/starbase:cluster/identifier | \" \" | starbase:cluster: identifier is blank; allowed: any name that stays the same for this cluster",
        "/starbase:gatewayApi/version | \"1.6.1\" | starbase:gatewayApi: version \"1.6.1\" is not a bundle's; allowed: as in v1.6.1",
        "/starbase:gatewayApi/version | \"v1.6.2\" | starbase:gatewayApi: source \"https://raw.githubusercontent.com/kubernetes-sigs/gateway-api/v1.6.1/config/crd/standard/\" is not a folder of version v1.6.2; allowed: an address that holds /v1.6.2/ and ends in /",
        "/starbase:gatewayApi/files | {} | starbase:gatewayApi: files is empty; allowed: at least one file",
        "/starbase:gatewayApi/files | {\"a.yaml\": \"ABC\"} | starbase:gatewayApi.files.a.yaml: \"ABC\" is not a SHA-256; allowed: 64 digits of 0-9 and a-f, as sha256sum prints them",
        "/starbase:certs/issuer/kind | \"SelfSigned\" | starbase:certs.issuer.kind: \"SelfSigned\" is not known; allowed: selfSigned",
        "/starbase:certs/certificates/cert-starbase/dnsNames | [] | starbase:certs.certificates.cert-starbase: dnsNames is empty; allowed: at least one hostname",
        "/starbase:apps/homepage/gateway | \"gateway-x\" | starbase:apps.homepage.gateway: \"gateway-x\" is no Gateway of this lab; allowed: gateway-external, gateway-internal",
        "/starbase:apps/homepage/hostnames | [] | starbase:apps.homepage: hostnames is empty; allowed: at least one hostname",
        "/starbase:apps/homepage/workload/image | \"homepage\" | starbase:apps.homepage.workload: image \"homepage\" has no tag; allowed: one with a tag or digest, as in traefik/whoami:v1.11.0",
        "/starbase:apps/homepage/workload/replicas | -1 | starbase:apps.homepage.workload: replicas -1 is below zero; allowed: 0 or more",
        "/starbase:apps/homepage/workload/environment | {\"A\": 1} | starbase:apps.homepage.workload.environment.A: 1 is not a text; allowed: the same in quotes",
        "/starbase:namespaces | [] | starbase:namespaces: [] is not a map; allowed: keys with values below it",
        "/starbase:apps/argocd/service/hostname | \"argo.example\" | starbase:apps.argocd.service: hostname \"argo.example\" is of no address; allowed: with an address beside it",
        "/starbase:dns/external/0 | \"gateway-x\" | starbase:dns.external[0]: \"gateway-x\" is no Gateway of this lab; allowed: gateway-external, gateway-internal",
        "/starbase:dns/ttl | 0 | starbase:dns: ttl 0 is below one second; allowed: 1 to 2147483647 seconds",
        "/starbase:storage | {} | starbase:storage: is not known; allowed: cluster, namespaces, gatewayApi, cilium, certs, gateways, apps, dns"
      })
  void oneWrongValueIsOneProblemThatNamesItsKey(String pointer, String value, String problem)
      throws IOException {
    var file = stackFile();
    set(file, pointer, JSON.readTree(value));

    assertThat(problems(file)).containsExactly(problem);
  }

  @Test
  void aMissingLayerIsNamed() throws IOException {
    var file = stackFile();
    ((ObjectNode) file.path("config")).remove("starbase:cilium");

    assertThat(problems(file)).containsExactly("starbase:cilium: is missing");
  }

  @Test
  void anEmptyConfigurationMissesEveryLayer() {
    var thrown = catchThrowableOfType(InvalidConfig.class, () -> StackConfig.ofPulumi("{}"));

    assertThat(thrown.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "starbase:cluster: is missing",
            "starbase:namespaces: is missing",
            "starbase:gatewayApi: is missing",
            "starbase:cilium: is missing",
            "starbase:certs: is missing",
            "starbase:gateways: is missing",
            "starbase:apps: is missing");
  }

  @Test
  void aTextWhereALayerShouldBeIsNamed() {
    assertThatThrownBy(() -> StackConfig.ofPulumi("{\"starbase:cilium\": \"on\"}"))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining(
            "starbase:cilium: \"on\" is not a map; allowed: keys with values below it");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    var missing = folder.resolve("Pulumi.none.yaml");

    assertThatThrownBy(() -> StackConfig.ofFile(missing))
        .isExactlyInstanceOf(RunException.class)
        .hasMessageStartingWith(missing + ": cannot be read as a stack file: ");
  }

  @Test
  void aKeyThatStandsTwiceIsRefused() throws IOException {
    var file = Files.writeString(folder.resolve("Pulumi.twice.yaml"), "config:\n  a: 1\n  a: 2\n");

    assertThatThrownBy(() -> StackConfig.ofFile(file))
        .isExactlyInstanceOf(RunException.class)
        .hasMessageContaining("Duplicate field 'a'");
  }

  private java.util.List<String> problems(JsonNode stackFile) throws IOException {
    var file = write(stackFile);
    var thrown = catchThrowableOfType(InvalidConfig.class, () -> StackConfig.ofFile(file));
    assertThat(thrown).as("nothing was wrong").isNotNull();
    return thrown.problems().stream().map(Problem::toString).toList();
  }

  private Path write(JsonNode stackFile) throws IOException {
    return Files.writeString(folder.resolve("Pulumi.test.yaml"), stackFile.toString());
  }

  private static JsonNode stackFile() throws IOException {
    return new YAMLMapper().readTree(Path.of("Pulumi.lab.yaml").toFile());
  }

  private static void set(JsonNode stackFile, String pointer, JsonNode value) {
    var parent = stackFile.path("config").at(pointer.substring(0, pointer.lastIndexOf('/')));
    var key = pointer.substring(pointer.lastIndexOf('/') + 1);
    if (parent instanceof com.fasterxml.jackson.databind.node.ArrayNode list) {
      list.set(Integer.parseInt(key), value);
    } else {
      ((ObjectNode) parent).set(key, value);
    }
  }
}
