package starbase;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.test.PulumiTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import starbase.kubernetes.WaitFor;
import starbase.testing.Recording;
import starbase.testing.Registered;

/** Exactly what Pulumi.idp.yaml makes. That a cluster takes it is not proven here. */
class IdpPlanTest {
  private static final Recording IDP = RecordedLab.recording("idp");

  @Test
  void theGatewayIsAtANodePortByAClassOfItsOwn() {
    assertThat(IDP.childrenOf("gateways"))
        .isEqualTo(
            Set.of(
                "CiliumGatewayClassConfig gateways/kube-system/cilium-nodeport",
                "GatewayClass gateways/cilium-nodeport",
                "Gateway gateways/kube-system/idp-gateway",
                "ServicePatch gateways/kube-system/cilium-gateway-idp-gateway"));
    assertThat(
            the("CiliumGatewayClassConfig", "gateways/kube-system/cilium-nodeport").input("spec"))
        .isEqualTo(Map.of("service", Map.of("type", "NodePort")));
    assertThat(the("GatewayClass", "gateways/cilium-nodeport").input("spec"))
        .isEqualTo(
            Map.of(
                "controllerName",
                "io.cilium/gateway-controller",
                "parametersRef",
                Map.of(
                    "group", "cilium.io",
                    "kind", "CiliumGatewayClassConfig",
                    "name", "cilium-nodeport",
                    "namespace", "kube-system")));
    assertThat(IDP.waitedFor("GatewayClass cilium-nodeport"))
        .containsExactly(WaitFor.condition("Accepted"));
  }

  @Test
  void theGatewayAsksForNoAddressAndTakesRoutesOfLabelledNamespaces() {
    var gateway = the("Gateway", "gateways/kube-system/idp-gateway");

    assertThat(metadata(gateway)).containsEntry("namespace", "kube-system");
    assertThat(IDP.waitedFor("Gateway kube-system/idp-gateway"))
        .containsExactly(WaitFor.condition("Accepted"), WaitFor.condition("Programmed"));
    assertThat(gateway.input("spec"))
        .isEqualTo(
            Map.of(
                "gatewayClassName",
                "cilium-nodeport",
                "listeners",
                List.of(
                    Map.of(
                        "name",
                        "https",
                        "port",
                        443.0,
                        "protocol",
                        "HTTPS",
                        "hostname",
                        "*.192-168-1-21.nip.io",
                        "allowedRoutes",
                        Map.of(
                            "namespaces",
                            Map.of(
                                "from",
                                "Selector",
                                "selector",
                                Map.of("matchLabels", Map.of("starbase/routes", "idp")))),
                        "tls",
                        Map.of(
                            "mode",
                            "Terminate",
                            "certificateRefs",
                            List.of(
                                Map.of(
                                    "group",
                                    "",
                                    "kind",
                                    "Secret",
                                    "name",
                                    "idp-wildcard-tls")))))));
  }

  @Test
  void theNodePortIsPinnedInCiliumsServiceAnewWheneverTheGatewayIs() {
    var pin = IDP.only("gateways/kube-system/cilium-gateway-idp-gateway");

    assertThat(pin.type()).isEqualTo("kubernetes:core/v1:ServicePatch");
    assertThat(pin.dependsOn()).containsExactly("gateways/kube-system/idp-gateway");
    assertThat(metadata(pin))
        .containsEntry("namespace", "kube-system")
        .containsEntry("name", "cilium-gateway-idp-gateway")
        .containsEntry(
            "annotations",
            Map.of(
                "starbase/pinned-for", "uid-of-gateways/kube-system/idp-gateway",
                "pulumi.com/patchForce", "true"));
    assertThat(pin.input("spec"))
        .isEqualTo(
            Map.of(
                "ports", List.of(Map.of("port", 443.0, "protocol", "TCP", "nodePort", 30443.0))));
  }

  @Test
  void theAuthorityIsItsRootItsKeyStaysAndItSignsForAllNamespaces() {
    assertThat(the("ClusterIssuer", "certs/idp-demo-ca-root").input("spec"))
        .isEqualTo(Map.of("selfSigned", Map.of()));
    var root = the("Certificate", "certs/cert-manager/idp-demo-ca");
    assertThat(metadata(root))
        .containsEntry("name", "idp-demo-ca")
        .containsEntry("namespace", "cert-manager");
    assertThat(root.input("spec"))
        .isEqualTo(
            Map.of(
                "isCA", true,
                "secretName", "idp-demo-ca",
                "commonName", "idp-demo-ca",
                "duration", "87600h",
                "renewBefore", "8760h",
                "privateKey",
                    Map.of("algorithm", "ECDSA", "size", 256.0, "rotationPolicy", "Never"),
                "issuerRef",
                    Map.of(
                        "name", "idp-demo-ca-root",
                        "kind", "ClusterIssuer",
                        "group", "cert-manager.io")));
    assertThat(the("ClusterIssuer", "certs/idp-demo-ca").input("spec"))
        .isEqualTo(Map.of("ca", Map.of("secretName", "idp-demo-ca")));
    assertThat(the("Certificate", "certs/kube-system/idp-wildcard-tls").input("spec"))
        .hasFieldOrPropertyWithValue(
            "issuerRef",
            Map.of("name", "idp-demo-ca", "kind", "ClusterIssuer", "group", "cert-manager.io"))
        .hasFieldOrPropertyWithValue("dnsNames", List.of("*.192-168-1-21.nip.io"))
        .hasFieldOrPropertyWithValue("commonName", "*.192-168-1-21.nip.io");
  }

  @ParameterizedTest
  @CsvSource({
    "ClusterIssuer certs/idp-demo-ca-root, certs/cert-manager/cert-manager",
    "Certificate certs/cert-manager/idp-demo-ca, certs/idp-demo-ca-root",
    "ClusterIssuer certs/idp-demo-ca, certs/cert-manager/idp-demo-ca",
    "Certificate certs/kube-system/idp-wildcard-tls, certs/idp-demo-ca",
    "SecretPatch certs/kube-system/idp-wildcard-tls, certs/kube-system/idp-wildcard-tls"
  })
  void eachLinkOfTheChainWaitsForTheOneBefore(String after, String before) {
    assertThat(IDP.onlyOfKind(after).dependsOn()).containsExactly(before);
  }

  @Test
  void theRootCertificateIsHandedBackAndNoKey() {
    assertThat(PulumiTest.extractValue(IDP.result().output("caCertificate"))).isEqualTo("root");
    assertThat(the("SecretPatch", "certs/kube-system/idp-wildcard-tls").inputs())
        .isEqualTo(
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                Map.of(
                    "namespace", "kube-system",
                    "name", "idp-wildcard-tls",
                    "annotations", Map.of("starbase/read", "ca.crt"))));
  }

  @Test
  void requestsWithTheHeaderGoToTheCanaryAndOfAllOthersEveryFifth() {
    assertThat(the("HTTPRoute", "apps/demo/demo").input("spec"))
        .hasFieldOrPropertyWithValue(
            "rules",
            List.of(
                Map.of(
                    "matches",
                    List.of(
                        Map.of(
                            "headers",
                            List.of(Map.of("name", "x-canary", "type", "Exact", "value", "true")))),
                    "backendRefs",
                    List.of(backend("demo-canary"))),
                Map.of(
                    "backendRefs",
                    List.of(weighted("demo", 80.0), weighted("demo-canary", 20.0)))));
  }

  @Test
  void theCanaryHasAServiceAndPodsOfItsOwn() {
    assertThat(the("Service", "apps/demo/demo-canary").input("spec"))
        .hasFieldOrPropertyWithValue("selector", Map.of("app.kubernetes.io/name", "demo-canary"));
    assertThat(the("HTTPRoute", "apps/demo/demo").dependsOn())
        .filteredOn(name -> name.startsWith("apps/"))
        .containsExactlyInAnyOrder("apps/demo/demo", "apps/demo/demo-canary");
  }

  @Test
  void trafficBetweenNodesIsEncrypted() {
    assertThat(
            ((Map<?, ?>) the("Release", "cilium/kube-system/cilium").input("values"))
                .get("encryption"))
        .isEqualTo(Map.of("enabled", true, "type", "wireguard"));
  }

  @Test
  void theUrlsNameTheNodePort() {
    assertThat(PulumiTest.extractValue(IDP.result().output("applicationUrls")))
        .isEqualTo(
            Map.of(
                "argocd", List.of("https://argocd.192-168-1-21.nip.io:30443/"),
                "demo", List.of("https://demo.192-168-1-21.nip.io:30443/")));
    assertThat(PulumiTest.extractValue(IDP.result().output("gatewayAddresses")))
        .isEqualTo(Map.of("idp-gateway", "192.168.1.11"));
    assertThat(PulumiTest.extractValue(IDP.result().output("suffix")))
        .isEqualTo("192-168-1-21.nip.io");
  }

  private static Map<String, Object> backend(String service) {
    return Map.of("group", "", "kind", "Service", "name", service, "port", 80.0);
  }

  private static Map<String, Object> weighted(String service, double weight) {
    return Map.of("group", "", "kind", "Service", "name", service, "port", 80.0, "weight", weight);
  }

  private static Registered the(String kind, String name) {
    return IDP.onlyOfKind(kind + " " + name);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> metadata(Registered resource) {
    return (Map<String, Object>) resource.input("metadata");
  }
}
