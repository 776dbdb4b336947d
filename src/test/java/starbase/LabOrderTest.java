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
  private static final Recording ON_EXISTING = RecordedLab.onExistingCluster();

  @ParameterizedTest
  @CsvSource({
    "proxmox, talos",
    "talos, namespaces",
    "talos, gateway-api",
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
  @CsvSource({"cilium, policies", "namespaces, policies", "policies, apps"})
  void policiesStandBetweenTheNetworkAndTheApplications(String below, String above) {
    var idp = RecordedLab.recording("idp");
    var objectsBelow =
        idp.registered().stream()
            .filter(any -> any.parent().equals(below))
            .map(Registered::name)
            .toList();

    assertThat(objectsBelow).isNotEmpty();
    assertThat(idp.only(above).dependsOn()).containsAll(objectsBelow);
  }

  @Test
  void theMachinesAreTheFirstOfAll() {
    assertThat(LAB.only("proxmox").dependsOn()).isEmpty();
  }

  @Test
  void nobodySpeaksToAClusterThatIsMadeBeforeItIsReady() {
    var cluster = LAB.only("cluster");

    assertThat(cluster.dependsOn()).contains("talos-ready", "talos-kubeconfig");
    assertThat(LAB.position(cluster)).isGreaterThan(LAB.position(LAB.only("talos-ready")));
  }

  @ParameterizedTest
  @CsvSource({"namespaces", "gateway-api"})
  void onAClusterThatIsThereAlreadyWhatNeedsOnlyThatWaitsForNothing(String layer) {
    assertThat(ON_EXISTING.only(layer).dependsOn()).isEmpty();
  }

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
  void onAClusterThatIsThereAlreadyTheOrderIsTheSame(String below, String above) {
    assertThat(ON_EXISTING.only(above).dependsOn())
        .containsAll(
            ON_EXISTING.registered().stream()
                .filter(any -> any.parent().equals(below))
                .map(Registered::name)
                .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "proxmox-cp1, proxmox-image-pve1",
    "proxmox-cp2, proxmox-image-pve2",
    "proxmox-cp3, proxmox-image-pve1",
    "proxmox-w1, proxmox-image-pve1",
    "proxmox-w2, proxmox-image-pve2",
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

  /** Deleted in the other order, a node that has left would be made again. */
  @ParameterizedTest
  @CsvSource({"cp1", "cp2", "cp3", "w1", "w2"})
  void aNodeIsWaitedForOnceCiliumIsOnItAndNotAnyMoreWhenItLeaves(String node) {
    assertThat(LAB.only("cilium-node-" + node).dependsOn())
        .contains("cilium-agents", "talos-member-" + node);
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
        .hasSize(36)
        .allSatisfy(
            object -> {
              assertThat(object.provider()).isEqualTo("cluster");
              assertThat(object.parent())
                  .isIn("namespaces", "gateway-api", "cilium", "certs", "gateways", "apps");
            });
  }

  @Test
  void nothingOfTheLayersBelowIsMadeForAClusterThatIsThereAlready() {
    assertThat(ON_EXISTING.registered())
        .extracting(Registered::type)
        .noneMatch(
            type -> type.matches("(proxmoxve|command|starbase:(proxmox|talos)|.*:NodePatch).*"));
    assertThat(ON_EXISTING.registered())
        .filteredOn(any -> any.type().startsWith("kubernetes:"))
        .hasSize(31);
  }

  @Test
  void everyMachineAndImageGoesThroughTheOneProviderOfTheHosts() {
    assertThat(LAB.registered())
        .filteredOn(any -> any.type().startsWith("proxmoxve:"))
        .hasSize(7)
        .allSatisfy(
            object -> {
              assertThat(object.provider()).isEqualTo("hosts");
              assertThat(object.parent()).isEqualTo("proxmox");
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
