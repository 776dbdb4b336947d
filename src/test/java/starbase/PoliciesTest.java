package starbase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import starbase.testing.Recording;
import starbase.testing.Registered;

/**
 * From what the program registers alone: whom the policies let in. Routes, Services and policies
 * are read as the cluster would get them, so a backend that the policies' own plan forgot is found.
 * That Cilium enforces them is not proven here: for that it takes the real agent.
 */
class PoliciesTest {
  private static final Recording IDP = RecordedLab.recording("idp");

  /** A port of some pods that a route leads to. */
  private record Reached(String namespace, Map<?, ?> labels, double port) {}

  @Test
  void theGatewaysReachWhateverARouteLeadsToInAProductionNamespace() {
    var reached = reached();

    assertThat(reached)
        .extracting(its -> String.valueOf(its.labels().get("app.kubernetes.io/name")))
        .containsExactlyInAnyOrder("demo", "demo-canary");
    for (var its : reached) {
      assertThat(ports(its, "ingress")).as("%s", its).contains("" + (int) its.port());
    }
  }

  @Test
  void theGatewaysReachNoOtherPort() {
    for (var its : reached()) {
      assertThat(ports(its, "ingress")).containsExactly("" + (int) its.port());
    }
  }

  @Test
  void onlyGetAndPostGetThrough() {
    for (var its : reached()) {
      assertThat(
              allowing(its, "ingress")
                  .map(rule -> at(list(rule, "toPorts").get(0), "rules"))
                  .map(rules -> list(rules, "http")))
          .containsExactly(List.of(Map.of("method", "GET"), Map.of("method", "POST")));
    }
  }

  @Test
  void theDenialComesAfterEverythingThatIsAllowed() {
    var deny = IDP.only("policies/demo/default-deny");

    assertThat(deny.dependsOn())
        .containsExactlyInAnyOrder(
            "policies/demo/allow-dns",
            "policies/demo/allow-demo",
            "policies/demo/allow-demo-canary");
    assertThat(IDP.only("policies/demo/allow-demo").dependsOn())
        .containsExactly("policies/starbase-gateways");
    assertThat(deny.input("spec"))
        .isEqualTo(
            Map.of(
                "endpointSelector", Map.of(),
                "ingress", List.of(Map.of()),
                "egress", List.of(Map.of())));
  }

  @Test
  void whatAllowsDeniesNothingByItself() {
    assertThat(policies())
        .filteredOn(policy -> !policy.name().endsWith("default-deny"))
        .allSatisfy(
            policy ->
                assertThat(at(policy.input("spec"), "enableDefaultDeny"))
                    .isEqualTo(Map.of("ingress", false, "egress", false)));
  }

  @Test
  void theGatewaysThemselvesAreLetOutAndInWhateverIsDeniedLater() {
    var policy = IDP.only("policies/starbase-gateways");

    assertThat(policy.type()).isEqualTo("kubernetes:cilium.io/v2:CiliumClusterwideNetworkPolicy");
    assertThat(policy.input("spec"))
        .isEqualTo(
            Map.of(
                "endpointSelector",
                    Map.of(
                        "matchExpressions",
                        List.of(Map.of("key", "reserved:ingress", "operator", "Exists"))),
                "ingress", List.of(Map.of("fromEntities", List.of("world", "cluster"))),
                "egress", List.of(Map.of("toEntities", List.of("cluster"))),
                "enableDefaultDeny", Map.of("ingress", false, "egress", false)));
  }

  @Test
  void whoeverIsNamedIsLetInToo() {
    assertThat(list(IDP.only("policies/demo/allow-demo").input("spec"), "ingress"))
        .hasSize(2)
        .last()
        .extracting(rule -> at(rule, "fromEndpoints"))
        .isEqualTo(
            List.of(
                Map.of(
                    "matchLabels",
                    Map.of(
                        "k8s:io.kubernetes.pod.namespace", "argocd",
                        "k8s:app.kubernetes.io/name", "argocd"))));
  }

  @Test
  void namesAreResolvedForAllPods() {
    var spec = IDP.only("policies/demo/allow-dns").input("spec");

    assertThat(at(spec, "endpointSelector")).isEqualTo(Map.of());
    assertThat(list(spec, "egress"))
        .singleElement()
        .extracting(rule -> list(list(rule, "toPorts").get(0), "ports"))
        .isEqualTo(List.of(Map.of("port", "53", "protocol", "ANY")));
  }

  @Test
  void theLabWithoutPoliciesHasNone() {
    assertThat(RecordedLab.recording().childrenOf("policies")).isEqualTo(Set.of());
  }

  /** Where the routes into namespaces with a denial lead. */
  private static List<Reached> reached() {
    var denied =
        policies().stream()
            .filter(policy -> policy.name().endsWith("/default-deny"))
            .map(PoliciesTest::namespace)
            .toList();
    var all = new ArrayList<Reached>();
    for (var route : kind("HTTPRoute").toList()) {
      for (var rule : list(route.input("spec"), "rules")) {
        for (var backend : list(rule, "backendRefs")) {
          var service = service(namespace(route), at(backend, "name"));
          var its = spec(service);
          if (denied.contains(namespace(route)) && its.isPresent()) {
            var port = list(its.get(), "ports").get(0);
            all.add(
                new Reached(
                    namespace(route),
                    (Map<?, ?>) at(its.get(), "selector"),
                    (double) at(port, "targetPort")));
          }
        }
      }
    }
    return all.stream().distinct().toList();
  }

  private static Optional<Object> spec(Optional<Registered> service) {
    return service.map(its -> its.input("spec"));
  }

  private static Optional<Registered> service(String namespace, Object name) {
    return kind("Service")
        .filter(service -> namespace(service).equals(namespace))
        .filter(service -> at(service.input("metadata"), "name").equals(name))
        .findFirst();
  }

  private static List<Object> ports(Reached reached, String direction) {
    return allowing(reached, direction)
        .flatMap(rule -> list(rule, "toPorts").stream())
        .flatMap(ports -> list(ports, "ports").stream())
        .map(port -> at(port, "port"))
        .distinct()
        .toList();
  }

  /** The rules that let the Gateways' identity in. */
  private static Stream<Object> allowing(Reached reached, String direction) {
    return policies().stream()
        .filter(policy -> namespace(policy).equals(reached.namespace()))
        .filter(policy -> selects(policy, reached.labels()))
        .flatMap(policy -> list(policy.input("spec"), direction).stream())
        .filter(rule -> List.of("ingress").equals(at(rule, "fromEntities")));
  }

  private static boolean selects(Registered policy, Map<?, ?> labels) {
    return at(at(policy.input("spec"), "endpointSelector"), "matchLabels")
            instanceof Map<?, ?> wanted
        && wanted.entrySet().stream()
            .allMatch(
                label ->
                    label.getValue().equals(labels.get(((String) label.getKey()).substring(4))));
  }

  private static List<Registered> policies() {
    return IDP.registered().stream().filter(any -> any.type().endsWith("NetworkPolicy")).toList();
  }

  private static Stream<Registered> kind(String kind) {
    return IDP.registered().stream().filter(any -> any.type().endsWith(":" + kind));
  }

  private static String namespace(Registered object) {
    return String.valueOf(at(object.input("metadata"), "namespace"));
  }

  private static Object at(Object map, String key) {
    return ((Map<?, ?>) map).get(key);
  }

  private static List<Object> list(Object map, String key) {
    return at(map, key) instanceof List<?> list ? List.copyOf(list) : List.of();
  }
}
