package starbase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import com.pulumi.core.Output;
import com.pulumi.core.internal.Internal;
import com.pulumi.test.PulumiTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import starbase.kubernetes.Awaited;
import starbase.kubernetes.WaitFor;
import starbase.testing.Recording;
import starbase.testing.Registered;
import starbase.testing.SampleLab;
import starbase.topology.Mermaid;
import starbase.topology.Topology;

/** Exactly what Pulumi.lab.yaml makes. That a cluster takes it is not proven here. */
class LabPlanTest {
  private static final Recording LAB = RecordedLab.recording();
  private static final String RELEASE = "kubernetes:helm.sh/v3:Release";
  private static final String GATEWAY = "kubernetes:gateway.networking.k8s.io/v1:Gateway";
  private static final String ROUTE = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";
  private static final List<WaitFor> ROUTE_IS_TAKEN =
      List.of(WaitFor.parentCondition("Accepted"), WaitFor.parentCondition("ResolvedRefs"));

  @Test
  void theLayersHangBelowTheStack() {
    assertThat(LAB.registered())
        .filteredOn(any -> any.type().startsWith("starbase:"))
        .extracting(Registered::type, Registered::name, Registered::parent)
        .containsExactlyInAnyOrder(
            tuple("starbase:proxmox:Proxmox", "proxmox"),
            tuple("starbase:talos:Talos", "talos"),
            tuple("starbase:namespaces:Namespaces", "namespaces"),
            tuple("starbase:gatewayapi:GatewayApi", "gateway-api"),
            tuple("starbase:cilium:Cilium", "cilium"),
            tuple("starbase:certs:Certs", "certs"),
            tuple("starbase:policies:Policies", "policies"),
            tuple("starbase:gateways:Gateways", "gateways"),
            tuple("starbase:apps:Apps", "apps"));
  }

  @Test
  void theClusterIsKnownByALiteralAndNotByItsKubeconfig() {
    var cluster = LAB.only("cluster");

    assertThat(cluster.type()).isEqualTo("pulumi:providers:kubernetes");
    assertThat(cluster.inputs())
        .isEqualTo(
            Map.of("clusterIdentifier", "starbase-lab", "kubeconfig", secret("the kubeconfig")));
    assertThat(RecordedLab.onExistingCluster().only("cluster").inputs())
        .isEqualTo(Map.of("clusterIdentifier", "starbase-lab"));
  }

  @Test
  void eachNamespaceIsMade() {
    assertThat(LAB.childrenOf("namespaces"))
        .isEqualTo(
            Set.of(
                "Namespace namespaces/cert-manager",
                "Namespace namespaces/gateway",
                "Namespace namespaces/argocd",
                "Namespace namespaces/homepage",
                "Namespace namespaces/app-x"));
    assertThat(metadata(LAB.only("namespaces/app-x"))).containsEntry("name", "app-x");
  }

  @Test
  void theGatewayApiIsItsBundleToTheLetter() {
    assertThat(LAB.childrenOf("gateway-api"))
        .isEqualTo(
            Set.of(
                "CustomResourceDefinition gateway-api/gateways.gateway.networking.k8s.io",
                "ValidatingAdmissionPolicy gateway-api/safe-upgrades.gateway.networking.k8s.io",
                "ValidatingAdmissionPolicyBinding gateway-api/safe-upgrades.gateway.networking.k8s.io"));
    assertThatItIsRegistered(RecordedLab.BUNDLE, LAB);
  }

  @Test
  @Tag("parts")
  void theReleasedBundleIsRegisteredToTheLetterToo() {
    var config = SampleLab.config();
    var released =
        config.gatewayApi().files().keySet().stream()
            .map(file -> SampleLab.module("gateway-api/config/crd/standard/" + file))
            .flatMap(file -> SampleLab.documents(file).stream())
            .toList();
    assertThat(released).hasSize(12);

    assertThatItIsRegistered(released, RecordedLab.record(config, released));
  }

  private static void assertThatItIsRegistered(List<Map<String, Object>> bundle, Recording lab) {
    for (var document : bundle) {
      var type = "kubernetes:%s:%s".formatted(document.get("apiVersion"), document.get("kind"));
      var name = String.valueOf(((Map<?, ?>) document.get("metadata")).get("name"));
      var made = lab.only(type, "gateway-api/" + name);

      var wanted = new LinkedHashMap<>(document);
      wanted.remove("status");
      assertThat(made.inputs()).isEqualTo(asNumbersOnTheWire(wanted));
    }
  }

  @Test
  void aDefinitionThatTheBundleLosesStaysInTheCluster() {
    assertThat(LAB.registered())
        .filteredOn(any -> any.type().endsWith(":CustomResourceDefinition"))
        .isNotEmpty()
        .allMatch(Registered::retainOnDelete);
    assertThat(LAB.registered())
        .filteredOn(Registered::retainOnDelete)
        .allMatch(any -> any.type().endsWith(":CustomResourceDefinition"));
  }

  @Test
  void ciliumIsMadeOfItsReleaseAndThreeObjects() {
    assertThat(LAB.childrenOf("cilium"))
        .isEqualTo(
            Set.of(
                "Release cilium/kube-system/cilium",
                "GatewayClass cilium/cilium",
                "CiliumLoadBalancerIPPool cilium/starbase",
                "CiliumL2AnnouncementPolicy cilium/starbase"));
  }

  @Test
  void ciliumsReleaseIsTheFetchedChartWithOurValues() {
    var release = LAB.only(RELEASE, "cilium/kube-system/cilium");

    assertThat(release.inputs())
        .containsEntry("chart", "target/charts/cilium-1.20.2.tgz")
        .containsEntry("name", "cilium")
        .containsEntry("namespace", "kube-system")
        .containsEntry("skipAwait", true)
        .doesNotContainKeys("version", "repositoryOpts");
    assertThat(values(release))
        .containsEntry("k8sServiceHost", "localhost")
        .containsEntry("k8sServicePort", "7445")
        .containsEntry("l2announcements", Map.of("enabled", true))
        .containsEntry(
            "gatewayAPI",
            Map.of(
                "enabled", true,
                "enableAlpn", true,
                "enableAppProtocol", true,
                "gatewayClass", Map.of("create", "false")));
  }

  @Test
  void aNewGatewayApiBundleRestartsCiliumsOperator() {
    assertThat(ofTheOperator())
        .containsOnlyKeys("rollOutPods", "replicas", "podAnnotations", "tolerations")
        .containsEntry("rollOutPods", true)
        .containsEntry("replicas", 1.0)
        .containsEntry("podAnnotations", Map.of("starbase/gateway-api", "v1.6.1"));
  }

  @Test
  void ciliumsOperatorLeavesANodeThatDoesNotAnswerAfterHalfAMinute() {
    assertThat(ofTheOperator())
        .extractingByKey("tolerations", list(Map.class))
        .contains(
            Map.of(
                "key", "node.kubernetes.io/unreachable",
                "operator", "Exists",
                "effect", "NoExecute",
                "tolerationSeconds", 30.0))
        .as("those of the chart")
        .contains(Map.of("key", "node.kubernetes.io/not-ready", "operator", "Exists"))
        .hasSize(5);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> ofTheOperator() {
    return (Map<String, Object>)
        values(LAB.only(RELEASE, "cilium/kube-system/cilium")).get("operator");
  }

  @ParameterizedTest
  @CsvSource({"kube-system/cilium", "cert-manager/cert-manager"})
  void aReleaseIsReadyWhenAllItsWorkloadsAreRolledOut(String release) {
    assertThat(LAB.waitedFor("Release " + release)).containsExactly(new WaitFor.ReleaseRolledOut());
  }

  @ParameterizedTest
  @CsvSource({"cp1", "cp2", "cp3", "w1", "w2"})
  void aNodeIsWaitedFor(String node) {
    assertThat(LAB.waitedFor("Node " + node)).containsExactly(WaitFor.condition("Ready"));
  }

  @Test
  void allObjectsAreWaitedForButPatches() {
    var objects =
        LAB.registered().stream()
            .filter(any -> any.type().startsWith("kubernetes:") && !any.type().endsWith("Patch"))
            .count();
    var nodesAndTheWebhook = 6;

    assertThat(LAB.waits()).hasSize(Math.toIntExact(objects) + nodesAndTheWebhook);
  }

  @Test
  void theGatewayClassIsReadyWhenAccepted() {
    var made = LAB.only("cilium/cilium");

    assertThat(metadata(made)).isEqualTo(Map.of("name", "cilium"));
    assertThat(LAB.waitedFor("GatewayClass cilium")).containsExactly(WaitFor.condition("Accepted"));
    assertThat(made.input("spec"))
        .isEqualTo(Map.of("controllerName", "io.cilium/gateway-controller"));
  }

  @Test
  void thePoolHoldsTheLabsAddressesAndIsReadyWhenTheOperatorHasTakenIt() {
    var pool = LAB.only("kubernetes:cilium.io/v2:CiliumLoadBalancerIPPool", "cilium/starbase");

    assertThat(pool.input("spec"))
        .isEqualTo(
            Map.of("blocks", List.of(Map.of("start", "192.168.1.101", "stop", "192.168.1.114"))));
    assertThat(LAB.waitedFor("CiliumLoadBalancerIPPool starbase"))
        .containsExactly(WaitFor.condition("cilium.io/IPsTotal", "Unknown"));
  }

  @Test
  void addressesAreAnnouncedOnTheLabsInterfaces() {
    var policy =
        LAB.only("kubernetes:cilium.io/v2alpha1:CiliumL2AnnouncementPolicy", "cilium/starbase");

    assertThat(policy.input("spec"))
        .isEqualTo(
            Map.of(
                "interfaces",
                List.of("^eth", "^enp", "^ens", "^wlan"),
                "loadBalancerIPs",
                true,
                "externalIPs",
                false,
                "nodeSelector",
                Map.of(
                    "matchExpressions",
                    List.of(Map.of("key", "starbase/leaving", "operator", "DoesNotExist")))));
  }

  @Test
  void certificatesAreSignedByTheSelfSignedIssuerInTheGatewaysNamespace() {
    assertThat(LAB.childrenOf("certs"))
        .isEqualTo(
            Set.of(
                "Release certs/cert-manager/cert-manager",
                "Issuer certs/gateway/selfsigned",
                "Certificate certs/gateway/cert-starbase",
                "Certificate certs/gateway/argocd-tls-secret"));
    var issuer = LAB.only("certs/gateway/selfsigned");
    assertThat(metadata(issuer))
        .containsEntry("name", "selfsigned")
        .containsEntry("namespace", "gateway");
    assertThat(issuer.input("spec")).isEqualTo(Map.of("selfSigned", Map.of()));
    assertThat(LAB.waitedFor("Issuer gateway/selfsigned"))
        .containsExactly(WaitFor.condition("Ready"));
  }

  @Test
  void theWildcardCertificateIsTheLabsOwn() {
    var certificate = LAB.only("certs/gateway/cert-starbase");

    assertThat(metadata(certificate))
        .containsEntry("name", "cert-starbase")
        .containsEntry("namespace", "gateway");
    assertThat(certificate.input("spec"))
        .isEqualTo(
            Map.of(
                "secretName", "cert-starbase",
                "commonName", "starbasestudio.uk",
                "dnsNames", List.of("*.starbasestudio.uk", "starbasestudio.uk"),
                "privateKey",
                    Map.of("algorithm", "RSA", "size", 2048.0, "rotationPolicy", "Always"),
                "issuerRef",
                    Map.of("name", "selfsigned", "kind", "Issuer", "group", "cert-manager.io")));
    assertThat(LAB.waitedFor("Certificate gateway/cert-starbase"))
        .containsExactly(WaitFor.condition("Ready"));
  }

  @Test
  void theArgocdCertificateHasItsOwnSecret() {
    assertThat(LAB.only("certs/gateway/argocd-tls-secret").input("spec"))
        .hasFieldOrPropertyWithValue("secretName", "argocd-tls-secret")
        .hasFieldOrPropertyWithValue("commonName", "argocd.starbasestudio.uk")
        .hasFieldOrPropertyWithValue("dnsNames", List.of("argocd.starbasestudio.uk"));
  }

  @Test
  void theInternalGatewayTakesArgocdAtItsAddress() {
    var gateway = LAB.only(GATEWAY, "gateways/gateway/gateway-internal");

    assertThat(metadata(gateway))
        .containsEntry("name", "gateway-internal")
        .containsEntry("namespace", "gateway");
    assertThat(LAB.waitedFor("Gateway gateway/gateway-internal"))
        .containsExactly(
            WaitFor.condition("Accepted"),
            WaitFor.condition("Programmed"),
            new WaitFor.FirstAddress("addresses", "value", "192.168.1.101"));
    assertThat(gateway.input("spec"))
        .isEqualTo(
            Map.of(
                "gatewayClassName", "cilium",
                "addresses", List.of(Map.of("type", "IPAddress", "value", "192.168.1.101")),
                "listeners",
                    List.of(http(), https("argocd.starbasestudio.uk", "argocd-tls-secret"))));
  }

  @Test
  void theExternalGatewayTakesAllOtherNamesAtItsAddress() {
    assertThat(LAB.only(GATEWAY, "gateways/gateway/gateway-external").input("spec"))
        .isEqualTo(
            Map.of(
                "gatewayClassName", "cilium",
                "addresses", List.of(Map.of("type", "IPAddress", "value", "192.168.1.102")),
                "listeners", List.of(http(), https("*.starbasestudio.uk", "cert-starbase"))));
  }

  @ParameterizedTest
  @CsvSource({"gateway-internal", "gateway-external"})
  void httpIsRedirectedToHttps(String gateway) {
    var route = LAB.only(ROUTE, "gateways/gateway/" + gateway + "-http-to-https");

    assertThat(metadata(route)).containsEntry("namespace", "gateway");
    assertThat(LAB.waitedFor("HTTPRoute gateway/%s-http-to-https".formatted(gateway)))
        .isEqualTo(ROUTE_IS_TAKEN);
    assertThat(route.input("spec"))
        .isEqualTo(
            Map.of(
                "parentRefs",
                    List.of(
                        Map.of(
                            "group", "gateway.networking.k8s.io",
                            "kind", "Gateway",
                            "name", gateway,
                            "sectionName", "http")),
                "rules",
                    List.of(
                        Map.of(
                            "filters",
                            List.of(
                                Map.of(
                                    "type",
                                    "RequestRedirect",
                                    "requestRedirect",
                                    Map.of("scheme", "https", "statusCode", 301.0)))))));
  }

  @ParameterizedTest
  @CsvSource({
    "argocd, gateway-internal, argocd.starbasestudio.uk, argocd-svc, 80",
    "homepage, gateway-external, home.starbasestudio.uk homepage.starbasestudio.uk, homepage, 3000",
    "app-x, gateway-external, app.starbasestudio.uk, app-svc, 8080"
  })
  void anApplicationIsReachedByItsNamesThroughItsGateway(
      String app, String gateway, String hostnames, String service, double port) {
    var route = LAB.only(ROUTE, "apps/" + app + "/" + app);

    assertThat(metadata(route)).containsEntry("name", app).containsEntry("namespace", app);
    assertThat(LAB.waitedFor("HTTPRoute %s/%s".formatted(app, app))).isEqualTo(ROUTE_IS_TAKEN);
    assertThat(route.input("spec"))
        .isEqualTo(
            Map.of(
                "hostnames", List.of(hostnames.split(" ")),
                "parentRefs",
                    List.of(
                        Map.of(
                            "group", "gateway.networking.k8s.io",
                            "kind", "Gateway",
                            "name", gateway,
                            "namespace", "gateway",
                            "sectionName", "https")),
                "rules",
                    List.of(
                        Map.of(
                            "backendRefs",
                            List.of(
                                Map.of(
                                    "group", "", "kind", "Service", "name", service, "port",
                                    port))))));
  }

  @Test
  void appXHasTwoReplicasAndAnAddressOfItsOwn() {
    var service = LAB.only("kubernetes:core/v1:Service", "apps/app-x/app-svc");
    assertThat(metadata(service))
        .containsEntry("name", "app-svc")
        .containsEntry(
            "annotations",
            Map.of(
                "lbipam.cilium.io/ips",
                "192.168.1.103",
                "pulumi.com/waitFor",
                "jsonpath={.metadata.uid}"));
    assertThat(LAB.waitedFor("Service app-x/app-svc"))
        .containsExactly(new WaitFor.FirstAddress("loadBalancer.ingress", "ip", "192.168.1.103"));
    assertThat(service.input("spec"))
        .isEqualTo(
            Map.of(
                "type", "LoadBalancer",
                "selector", Map.of("app.kubernetes.io/name", "app-x"),
                "ports", List.of(Map.of("name", "http", "port", 8080.0, "targetPort", 8080.0))));
    assertThat(LAB.only("kubernetes:apps/v1:Deployment", "apps/app-x/app-x").input("spec"))
        .hasFieldOrPropertyWithValue("replicas", 2.0);
  }

  @Test
  void aServiceInsideTheClusterIsReadyWhenItExists() {
    assertThat(LAB.waitedFor("Service homepage/homepage")).isEmpty();
  }

  @Test
  void theProviderDoesNotWaitForWorkloadsByItself() {
    assertThat(metadata(LAB.only("kubernetes:apps/v1:Deployment", "apps/homepage/homepage")))
        .containsEntry("annotations", Awaited.notByTheProvider());
    assertThat(LAB.waitedFor("Deployment homepage/homepage"))
        .containsExactly(new WaitFor.RolledOut());
  }

  @Test
  void homepageKnowsTheNamesThatItIsAskedFor() {
    var spec = LAB.only("kubernetes:apps/v1:Deployment", "apps/homepage/homepage").input("spec");

    assertThat(spec)
        .extracting("template.spec.containers")
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .singleElement()
        .isEqualTo(
            Map.of(
                "name", "homepage",
                "image", "ghcr.io/gethomepage/homepage:v1.4.6",
                "ports", List.of(Map.of("containerPort", 3000.0)),
                "env",
                    List.of(
                        Map.of(
                            "name", "HOMEPAGE_ALLOWED_HOSTS",
                            "value", "home.starbasestudio.uk,homepage.starbasestudio.uk")),
                "readinessProbe", Map.of("tcpSocket", Map.of("port", 3000.0))));
  }

  @Test
  void theStackHandsBackLiveAddressesTheUrlsAndTheCertificates() {
    assertThat(PulumiTest.extractValue(LAB.result().output("gatewayAddresses")))
        .isEqualTo(
            Map.of("gateway-internal", "192.168.1.101", "gateway-external", "192.168.1.102"));
    assertThat(PulumiTest.extractValue(LAB.result().output("applicationUrls")))
        .isEqualTo(
            Map.of(
                "argocd", List.of("https://argocd.starbasestudio.uk/"),
                "homepage",
                    List.of(
                        "https://home.starbasestudio.uk/", "https://homepage.starbasestudio.uk/"),
                "app-x", List.of("https://app.starbasestudio.uk/")));
    assertThat(PulumiTest.extractValue(LAB.result().output("certificates")))
        .isEqualTo(List.of("gateway/argocd-tls-secret", "gateway/cert-starbase"));
  }

  @Test
  void theStackHandsBackItsNamesAtTheLiveAddresses() {
    assertThat(PulumiTest.extractValue(LAB.result().output("hosts")))
        .isEqualTo(
            """
            192.168.1.101   argocd.starbasestudio.uk
            192.168.1.102   app.starbasestudio.uk home.starbasestudio.uk homepage.starbasestudio.uk
            192.168.1.103   app-svc.starbasestudio.uk
            """);
    assertThat(LAB.result().outputs())
        .containsOnlyKeys(
            "kubeconfig",
            "talosconfig",
            "gatewayAddresses",
            "applicationUrls",
            "certificates",
            "topology",
            "dnsRecords",
            "dnsZone",
            "dnsZoneInternal",
            "dnsZoneExternal",
            "hosts",
            "hostsInternal",
            "hostsExternal",
            "dnsmasq",
            "dnsmasqInternal",
            "dnsmasqExternal");
  }

  @Test
  void theStackHandsBackTheClustersAccessAsSecrets() {
    assertThat(PulumiTest.extractValue(LAB.result().output("kubeconfig")))
        .isEqualTo("the kubeconfig");
    assertThat(PulumiTest.extractValue(LAB.result().output("talosconfig")).toString())
        .contains("192.168.1.11", "192.168.1.12", "192.168.1.13")
        .doesNotContain("192.168.1.10\"");
    for (var output : List.of("kubeconfig", "talosconfig")) {
      assertThat(isSecret(LAB.result().output(output))).isTrue();
    }
    assertThat(RecordedLab.onExistingCluster().result().outputs())
        .doesNotContainKeys("kubeconfig", "talosconfig");
  }

  @Test
  void theStackHandsBackAPictureOfItself() {
    assertThat(PulumiTest.extractValue(LAB.result().output("topology")))
        .isEqualTo(
            Mermaid.of(Topology.of(SampleLab.config(), SampleLab.config().askedAddresses())));
  }

  private static boolean isSecret(Output<?> output) {
    return Internal.of(output).isSecret().join();
  }

  /** As it is on the wire. */
  private static Map<String, Object> secret(String value) {
    return Map.of(
        "4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270", "value", value);
  }

  private static Map<String, Object> http() {
    return Map.of(
        "name", "http",
        "port", 80.0,
        "protocol", "HTTP",
        "hostname", "*.starbasestudio.uk",
        "allowedRoutes", Map.of("namespaces", Map.of("from", "All")));
  }

  private static Map<String, Object> https(String hostname, String secret) {
    return Map.of(
        "name",
        "https",
        "port",
        443.0,
        "protocol",
        "HTTPS",
        "hostname",
        hostname,
        "allowedRoutes",
        Map.of("namespaces", Map.of("from", "All")),
        "tls",
        Map.of(
            "mode",
            "Terminate",
            "certificateRefs",
            List.of(Map.of("group", "", "kind", "Secret", "name", secret))));
  }

  private static org.assertj.core.groups.Tuple tuple(String type, String name) {
    return org.assertj.core.groups.Tuple.tuple(type, name, "starbase-test");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> metadata(Registered resource) {
    return (Map<String, Object>) resource.input("metadata");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> values(Registered release) {
    return (Map<String, Object>) release.input("values");
  }

  /** The wire has one type of number. */
  private static Object asNumbersOnTheWire(Object value) {
    if (value instanceof Map<?, ?> map) {
      var converted = new LinkedHashMap<Object, Object>();
      map.forEach((key, element) -> converted.put(key, asNumbersOnTheWire(element)));
      return converted;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(LabPlanTest::asNumbersOnTheWire).toList();
    }
    return value instanceof Number number ? (Object) number.doubleValue() : value;
  }
}
