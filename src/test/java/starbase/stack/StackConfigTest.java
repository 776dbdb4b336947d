package starbase.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import starbase.findings.Finding;
import starbase.findings.InvalidConfig;
import starbase.testing.SampleLab;
import starbase.testing.StackFiles;

/** The real stack file, and what is said when one thing in it is wrong. */
class StackConfigTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void thePulumiVariableAndTheFileGiveTheSameLab() throws IOException {
    var pulumi = JSON.createObjectNode();
    stackFile()
        .path("config")
        .properties()
        .forEach(entry -> pulumi.put(entry.getKey(), entry.getValue().toString()));

    assertThat(StackConfig.ofPulumi(pulumi.toString(), "[]", Optional.empty()).lab())
        .isEqualTo(SampleLab.config());
  }

  @Test
  void keysOfOtherPackagesAreNotOurs() throws IOException {
    var file = stackFile();
    ((ObjectNode) file.path("config")).put("kubernetes:context", "other");

    assertThat(StackFile.parse(file.toString()).checked().lab()).isEqualTo(SampleLab.config());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/starbase:gateways/gateway-internal/address | \"192.168.1.300\" | starbase:gateways.gateway-internal.address: \"192.168.1.300\" is not an IPv4 address; allowed: four numbers from 0 to 255, such as 192.168.1.101",
        "/starbase:gateways/gateway-internal/listeners | [] | starbase:gateways.gateway-internal.listeners: is empty; allowed: at least one listener",
        "/starbase:gateways/gateway-internal/listeners/1/name | \"http\" | starbase:gateways.gateway-internal.listeners[1].name: \"http\" is already used by another listener; allowed: each name once",
        "/starbase:gateways/gateway-internal/listeners/1/hostname | \"argocd_starbase\" | starbase:gateways.gateway-internal.listeners[1].hostname: \"argocd_starbase\" is not a hostname; allowed: lower case labels of letters, digits and - joined by dots, such as home.starbasestudio.uk or *.starbasestudio.uk",
        "/starbase:gateways/gateway-internal/listeners/1/port | 0 | starbase:gateways.gateway-internal.listeners[1].port: 0 is not a port; allowed: 1 to 65535",
        "/starbase:gateways/gateway-internal/redirect | true | starbase:gateways.gateway-internal.redirect: is not known; did you mean \"redirectToHttps\"? allowed: namespace, address, exposure, listeners, redirectToHttps, metadata",
        "/starbase:cilium/addresses/0 | \"192.168.1.100/28\" | starbase:cilium.addresses[0]: \"192.168.1.100/28\" is not aligned: /28 is a block of 16 addresses, and 192.168.1.100 is in the block 192.168.1.96-192.168.1.111; allowed: 192.168.1.96/28, or a range, such as 192.168.1.101-192.168.1.114",
        "/starbase:cilium/addresses | [] | starbase:cilium.addresses: is empty; allowed: at least one range",
        "/starbase:cilium/interfaces | [] | starbase:cilium.interfaces: is empty; allowed: at least one regular expression, such as ^eth",
        "/starbase:cilium/chart/url | \"ftp://helm.cilium.io\" | starbase:cilium.chart.url: \"ftp://helm.cilium.io\" is not the URL of a chart; allowed: a URL that starts with http:// or https://",
        "/starbase:cilium/chart/version | 1.2 | starbase:cilium.chart.version: 1.2 is not a text; allowed: the same in quotes",
        "/starbase:cilium/values | null | starbase:cilium.values: has no value; allowed: a value; leave the key out if it is optional",
        "/starbase:cluster/kind | \"talosctl\" | starbase:cluster.kind: \"talosctl\" is not known; allowed: existing, talos",
        "/starbase:cluster/identifier | \" \" | starbase:cluster.identifier: \" \" is blank; allowed: any name that stays the same for this cluster",
        "/starbase:gatewayApi/version | \"1.6.1\" | starbase:gatewayApi.version: \"1.6.1\" is not a version of the Gateway API; allowed: three numbers after a v, such as v1.6.1",
        "/starbase:gatewayApi/version | \"v1.6.2\" | starbase:gatewayApi.source: \"https://raw.githubusercontent.com/kubernetes-sigs/gateway-api/v1.6.1/config/crd…\" is not a folder of version v1.6.2; allowed: a URL that contains /v1.6.2/ and ends in /",
        "/starbase:gatewayApi/files | {} | starbase:gatewayApi.files: is empty; allowed: at least one file",
        "/starbase:gatewayApi/files | {\"a.yaml\": \"ABC\"} | starbase:gatewayApi.files.a.yaml: \"ABC\" is not a SHA-256; allowed: 64 digits of 0-9 and a-f, as sha256sum prints them",
        "/starbase:certs/issuer/kind | \"SelfSigned\" | starbase:certs.issuer.kind: \"SelfSigned\" is not known; did you mean \"selfSigned\"? allowed: acmeDns01, internalCa, selfSigned",
        "/starbase:certs/certificates/cert-starbase/dnsNames | [] | starbase:certs.certificates.cert-starbase.dnsNames: is empty; allowed: at least one hostname",
        "/starbase:apps/homepage/gateway | \"gateway-x\" | starbase:apps.homepage.gateway: \"gateway-x\" is not a Gateway of this lab; allowed: gateway-external, gateway-internal",
        "/starbase:apps/homepage/hostnames | [] | starbase:apps.homepage.hostnames: is empty; allowed: at least one hostname",
        "/starbase:apps/homepage/workload/image | \"homepage\" | starbase:apps.homepage.workload.image: \"homepage\" has no tag; allowed: one with a tag or digest, such as docker.io/traefik/whoami:v1.11.0",
        "/starbase:apps/homepage/workload/replicas | -1 | starbase:apps.homepage.workload.replicas: -1 is below zero; allowed: 0 or more",
        "/starbase:apps/homepage/workload/environment | {\"A\": 1} | starbase:apps.homepage.workload.environment.A: 1 is not a text; allowed: the same in quotes",
        "/starbase:apps/homepage/workload/environment | {\"1 BAD=KEY\": \"app-x\"} | starbase:apps.homepage.workload.environment.1 BAD=KEY: \"1 BAD=KEY\" is not the name of an environment variable; allowed: letters, digits, dot, dash and underscore, and no digit first",
        "/starbase:proxmox/endpoint | \"192.168.1.2:8006\" | starbase:proxmox.endpoint: \"192.168.1.2:8006\" is not a URL; allowed: https://192.168.1.2:8006",
        "/starbase:network/lan | \"192.168.1.5/24\" | starbase:network.lan: \"192.168.1.5/24\" is not aligned: /24 is a block of 256 addresses, and 192.168.1.5 is in the block 192.168.1.0-192.168.1.255; allowed: 192.168.1.0/24",
        "/starbase:network/lan | \"fd00::/64\" | starbase:network.lan: \"fd00::/64\" is IPv6, which the lab does not support; allowed: IPv4, such as 192.168.1.96/28",
        "/starbase:network/router | \"fe80::1\" | starbase:network.router: \"fe80::1\" is IPv6, which the lab does not support; allowed: IPv4, such as 192.168.1.101",
        "/starbase:cilium/addresses/0 | \"fd00::1-fd00::f\" | starbase:cilium.addresses[0]: \"fd00::1-fd00::f\" is IPv6, which the lab does not support; allowed: IPv4, such as 192.168.1.101-192.168.1.114",
        "/starbase:machineDefaults/vlan | 5000 | starbase:machineDefaults.vlan: 5000 is not a VLAN tag; allowed: 1 to 4094, or the key left out for untagged packets",
        "/starbase:machineDefaults/bridge | \"vm br0\" | starbase:machineDefaults.bridge: \"vm br0\" is not the name of a bridge; allowed: one of the host's, such as vmbr0",
        "/starbase:machines/cp1/vmId | 99 | starbase:machines.cp1.vmId: 99 is not a VM id of Proxmox; allowed: 100 to 999999999",
        "/starbase:machines/cp1/vmId | \"x\" | starbase:machines.cp1.vmId: \"x\" is not a whole number; allowed: digits, without quotes or a point",
        "/starbase:machines/cp1/vlan | 0 | starbase:machines.cp1.vlan: 0 is not a VLAN tag; allowed: 1 to 4094, or the key left out for untagged packets",
        "/starbase:namespaces | [] | starbase:namespaces: [] is not a map; allowed: keys with values below it",
        "/starbase:apps/argocd/service/hostname | \"argo.example\" | starbase:apps.argocd.service.hostname: \"argo.example\" needs an address; allowed: address: beside it, or no hostname",
        "/starbase:dns/external/0 | \"gateway-x\" | starbase:dns.external[0]: \"gateway-x\" is not a Gateway of this lab; allowed: gateway-external, gateway-internal",
        "/starbase:dns/ttl | 0 | starbase:dns.ttl: 0 is below one second; allowed: 1 to 2147483647 seconds",
        "/starbase:storage | {} | starbase:storage: is not known; allowed: network, cluster, machines, machineDefaults, proxmox, talos, namespaces, gatewayApi, cilium, certs, policies, gateways, apps, dns, suffix"
      })
  void oneWrongValueIsOneProblemThatNamesItsKey(String pointer, String value, String problem)
      throws IOException {
    var file = stackFile();
    set(file, pointer, JSON.readTree(value));

    assertThat(problems(file)).containsExactly(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "network",
        "cluster",
        "machines",
        "machineDefaults",
        "proxmox",
        "namespaces",
        "gatewayApi",
        "cilium",
        "certs",
        "gateways",
        "apps",
        "dns"
      })
  void aSectionThatCanNotBeReadIsOneProblem(String section) throws IOException {
    for (var value : java.util.List.of("[]", "1", "\"x\"", "null")) {
      var file = stackFile();
      set(file, "/starbase:" + section, JSON.readTree(value));
      assertThat(problems(file)).as(value).hasSize(1);
    }
    var file = stackFile();
    var config = (ObjectNode) file.path("config");
    var misspelt = "starbase:" + section.replaceFirst(".$", "");
    config.set(misspelt, config.remove("starbase:" + section));
    assertThat(problems(file))
        .singleElement()
        .asString()
        .startsWith(misspelt + ": is not known; did you mean \"%s\"?".formatted(section));
  }

  @Test
  void aMisspeltDefaultIsNotMissingToo() throws IOException {
    var file = stackFile();
    var defaults = (ObjectNode) file.path("config").path("starbase:machineDefaults");
    defaults.set("core", defaults.remove("cores"));

    assertThat(problems(file))
        .singleElement()
        .asString()
        .startsWith("starbase:machineDefaults.core: is not known; did you mean \"cores\"?");
  }

  @Test
  void aLabelThatIsTooLongIsSaidWithTheLimit() throws IOException {
    var file = stackFile();
    set(
        file,
        "/starbase:apps/homepage/hostnames/0",
        JSON.getNodeFactory().textNode("a".repeat(64) + ".starbasestudio.uk"));

    assertThat(problems(file))
        .contains(
            "starbase:apps.homepage.hostnames[0]: \"%s.starbasestudio…\" has a label of 64 characters; allowed: at most 63 characters between two dots"
                .formatted("a".repeat(64)));
  }

  @Test
  void secretsOfTheEngineAreNoKeysOfTheLabAndNobodyReadsThem() throws IOException {
    var pulumi = JSON.createObjectNode();
    stackFile()
        .path("config")
        .properties()
        .forEach(entry -> pulumi.put(entry.getKey(), entry.getValue().toString()));
    pulumi.put("starbase:talosSecrets", "cluster: {id: the-key}");
    pulumi.put("proxmoxve:apiToken", "root@pam!lab=the-key");

    var clear =
        StackConfig.ofPulumi(pulumi.toString(), "[\"proxmoxve:apiToken\"]", Optional.empty());
    assertThat(clear.findings())
        .singleElement()
        .hasToString(
            "starbase:talosSecrets: is not encrypted; encrypt it: pulumi config set --secret starbase:talosSecrets");
    assertThat(
            StackConfig.ofPulumi(
                    pulumi.toString(),
                    "[\"proxmoxve:apiToken\",\"starbase:talosSecrets\"]",
                    Optional.empty())
                .lab())
        .isEqualTo(SampleLab.config());
  }

  @Test
  void aMissingLayerIsNamed() throws IOException {
    var file = stackFile();
    ((ObjectNode) file.path("config")).remove("starbase:cilium");

    assertThat(problems(file))
        .containsExactly(
            "starbase:cilium: is missing; allowed: chart, addresses and interfaces below the key");
  }

  @Test
  void anEmptyConfigurationMissesEveryLayer() {
    var thrown =
        catchThrowableOfType(
            InvalidConfig.class, () -> StackConfig.ofPulumi("{}", "[]", Optional.empty()).lab());

    assertThat(thrown.findings())
        .extracting(Finding::toString)
        .containsExactly(
            "starbase:cluster: is missing; allowed: kind: existing or talos, and what belongs to it, below the key",
            "starbase:namespaces: is missing; allowed: names, such as app-x: {}",
            "starbase:gatewayApi: is missing; allowed: version, source and files below the key",
            "starbase:cilium: is missing; allowed: chart, addresses and interfaces below the key",
            "starbase:certs: is missing; allowed: chart, issuer and certificates below the key",
            "starbase:gateways: is missing; allowed: names, each with namespace and listeners below it",
            "starbase:apps: is missing; allowed: names, each with namespace, hostnames and service below it");
  }

  @Test
  void aTextWhereALayerShouldBeIsNamed() {
    assertThatThrownBy(
            () ->
                StackConfig.ofPulumi("{\"starbase:cilium\": \"on\"}", "[]", Optional.empty()).lab())
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining(
            "starbase:cilium: \"on\" is not a map; allowed: keys with values below it");
  }

  private static java.util.List<String> problems(JsonNode stackFile) {
    return StackFile.parse(stackFile.toString()).checked().findings().stream()
        .map(Finding::toString)
        .toList();
  }

  private static JsonNode stackFile() throws IOException {
    return new YAMLMapper().readTree(StackFiles.of("lab").toFile());
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
