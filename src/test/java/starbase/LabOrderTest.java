package starbase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import starbase.testing.Recording;
import starbase.testing.Registered;

/**
 * Every edge of the order table.
 *
 * <p>A layer's own dependsOn is on the layer: its children wait for it, because they are registered
 * after it, and their own lists hold siblings only. That the engine then waits for readiness and
 * not only for creation is not proven here.
 */
class LabOrderTest {
  private static final Recording LAB = RecordedLab.recording();

  @ParameterizedTest
  @CsvSource({
    "gateway-api, cilium",
    "cilium, certs",
    "namespaces, certs",
    "cilium, gateways",
    "certs, gateways",
    "gateways, apps",
    "namespaces, apps"
  })
  void aLayerWaitsForAllObjectsOfTheLayersBelowIt(String below, String above) {
    var objectsBelow =
        LAB.registered().stream()
            .filter(any -> any.parent().equals(below))
            .map(Registered::name)
            .toList();

    assertThat(objectsBelow).isNotEmpty();
    assertThat(LAB.only(above).dependsOn()).containsAll(objectsBelow);
    for (var object : objectsBelow) {
      for (var child :
          LAB.registered().stream().filter(any -> any.parent().equals(above)).toList()) {
        assertThat(LAB.position(child))
            .isGreaterThan(
                LAB.registered().stream().map(Registered::name).toList().indexOf(object));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"namespaces", "gateway-api"})
  void whatNeedsOnlyTheClusterWaitsForNothingElse(String layer) {
    assertThat(LAB.only(layer).dependsOn()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "cilium-agents, cilium-release",
    "cilium-operator, cilium-release",
    "cilium-gateway-class, cilium-operator",
    "cilium-pool, cilium-operator",
    "cilium-announcement, cilium-operator",
    "certs-issuer, certs-release",
    "certs-cert-starbase, certs-issuer",
    "certs-argocd-tls-secret, certs-issuer",
    "gateways-gateway-internal-http-to-https, gateways-gateway-internal",
    "gateways-gateway-external-http-to-https, gateways-gateway-external"
  })
  void aSiblingWaitsForTheOtherAndForNothingMore(String after, String before) {
    assertThat(LAB.only(after).dependsOn()).containsExactly(before);
  }

  @ParameterizedTest
  @CsvSource({"apps-argocd", "apps-homepage", "apps-app-x"})
  void aRouteWaitsForItsWorkload(String app) {
    var service = LAB.only("kubernetes:core/v1:Service", app);
    var deployment = LAB.only("kubernetes:apps/v1:Deployment", app);
    var route = LAB.only("kubernetes:gateway.networking.k8s.io/v1:HTTPRoute", app);

    assertThat(service.dependsOn()).isEqualTo(Set.of(app));
    assertThat(route.dependsOn()).isEqualTo(Set.of(app));
    assertThat(LAB.position(deployment)).isLessThan(LAB.position(service));
    assertThat(LAB.position(service)).isLessThan(LAB.position(route));
  }

  @Test
  void everyKubernetesObjectGoesThroughTheOneClusterAndHangsBelowALayer() {
    assertThat(LAB.registered())
        .filteredOn(any -> any.type().startsWith("kubernetes:"))
        .hasSize(40)
        .allSatisfy(
            object -> {
              assertThat(object.provider()).isEqualTo("cluster");
              assertThat(object.parent())
                  .isIn("namespaces", "gateway-api", "cilium", "certs", "gateways", "apps");
            });
  }

  @Test
  void noLayerIsSharedBetweenPackagesOfTheSdk() {
    assertThat(LAB.registered())
        .filteredOn(any -> any.type().startsWith("starbase:"))
        .extracting(Registered::provider)
        .containsOnly("");
  }
}
