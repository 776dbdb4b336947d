package starbase;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import starbase.testing.Recording;
import starbase.testing.Registered;

/**
 * Every edge of the order table.
 *
 * <p>A layer's own dependsOn is on the layer: its children wait for it, because they are registered
 * after it, and their own lists hold siblings only. What a cluster has to say for an object to be
 * ready is not proven here.
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
    "cilium, apps",
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
  void theMachinesComeAfterOneStepBecauseOthersAreUndoneWhenTheirHardwareIsReplaced() {
    assertThat(LAB.only("proxmox").dependsOn()).containsExactly("steps");
    assertThat(LAB.only("steps").type()).isEqualTo("command:local:Command");
    assertThat(LAB.only("steps").dependsOn()).isEmpty();
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
    "cilium, apps",
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
    "VmLegacy proxmox-cp1, proxmox-image-pve1",
    "VmLegacy proxmox-cp2, proxmox-image-pve2",
    "VmLegacy proxmox-cp3, proxmox-image-pve3",
    "VmLegacy proxmox-w1, proxmox-image-pve1",
    "VmLegacy proxmox-w2, proxmox-image-pve2",
    "GatewayClass cilium/cilium, cilium/kube-system/cilium",
    "CiliumLoadBalancerIPPool cilium/starbase, cilium/kube-system/cilium",
    "CiliumL2AnnouncementPolicy cilium/starbase, cilium/kube-system/cilium",
    "Issuer certs/gateway/selfsigned, certs/cert-manager/cert-manager",
    "Certificate certs/gateway/cert-starbase, certs/gateway/selfsigned",
    "Certificate certs/gateway/argocd-tls-secret, certs/gateway/selfsigned",
    "HTTPRoute gateways/gateway/gateway-internal-http-to-https, gateways/gateway/gateway-internal",
    "HTTPRoute gateways/gateway/gateway-external-http-to-https, gateways/gateway/gateway-external"
  })
  void aSiblingWaitsForTheOtherAndForNothingMore(String after, String before) {
    assertThat(LAB.onlyOfKind(after).dependsOn()).containsExactly(before);
  }

  @ParameterizedTest
  @CsvSource({
    "Certificate certs/cert-manager/idp-demo-ca, certs/idp-demo-ca-root",
    "ClusterIssuer certs/idp-demo-ca, certs/cert-manager/idp-demo-ca",
    "Certificate certs/kube-system/idp-wildcard-tls, certs/idp-demo-ca",
    "SecretPatch certs/kube-system/idp-wildcard-tls, certs/kube-system/idp-wildcard-tls",
    "GatewayClass gateways/cilium-nodeport, gateways/kube-system/cilium-nodeport",
    "Gateway gateways/kube-system/idp-gateway, gateways/cilium-nodeport",
    "ServicePatch gateways/kube-system/cilium-gateway-idp-gateway, gateways/kube-system/idp-gateway"
  })
  void onTheDeveloperPlatformASiblingWaitsForTheOtherAndForNothingMore(
      String after, String before) {
    assertThat(RecordedLab.recording("idp").onlyOfKind(after).dependsOn()).containsExactly(before);
  }

  /** Both patches change objects that other programs make: cert-manager and Cilium's operator. */
  @ParameterizedTest
  @CsvSource({
    "Certificate kube-system/idp-wildcard-tls, SecretPatch certs/kube-system/idp-wildcard-tls",
    "Gateway kube-system/idp-gateway, ServicePatch gateways/kube-system/cilium-gateway-idp-gateway"
  })
  void aPatchIsRegisteredOnceTheObjectThatMakesItsTargetIsReady(String object, String patch) {
    var idp = RecordedLab.recording("idp");

    assertThat(idp.position(idp.onlyOfKind(patch)))
        .isGreaterThanOrEqualTo(idp.awaited(object).before());
  }

  @ParameterizedTest
  @CsvSource({
    "Namespace app-x, Deployment apps/app-x/app-x",
    "CustomResourceDefinition gateways.gateway.networking.k8s.io, Release cilium/kube-system/cilium",
    "Release kube-system/cilium, GatewayClass cilium/cilium",
    "Release kube-system/cilium, CiliumLoadBalancerIPPool cilium/starbase",
    "Release kube-system/cilium, CiliumL2AnnouncementPolicy cilium/starbase",
    "Node w2, Release certs/cert-manager/cert-manager",
    "GatewayClass cilium, Release certs/cert-manager/cert-manager",
    "CiliumLoadBalancerIPPool starbase, Gateway gateways/gateway/gateway-internal",
    "Release cert-manager/cert-manager, Issuer certs/gateway/selfsigned",
    "Certificate cert-manager/does-the-webhook-answer, Issuer certs/gateway/selfsigned",
    "Issuer gateway/selfsigned, Certificate certs/gateway/cert-starbase",
    "Certificate gateway/cert-starbase, Gateway gateways/gateway/gateway-external",
    "Gateway gateway/gateway-external, HTTPRoute gateways/gateway/gateway-external-http-to-https",
    "GatewayClass cilium, Deployment apps/homepage/homepage",
    "CiliumLoadBalancerIPPool starbase, Service apps/app-x/app-svc",
    "Gateway gateway/gateway-external, HTTPRoute apps/app-x/app-x",
    "HTTPRoute gateway/gateway-external-http-to-https, HTTPRoute apps/homepage/homepage",
    "Deployment app-x/app-x, Service apps/app-x/app-svc",
    "Service app-x/app-svc, HTTPRoute apps/app-x/app-x"
  })
  void nothingIsRegisteredBeforeWhatItNeedsIsReady(String object, String later) {
    assertThat(LAB.position(LAB.onlyOfKind(later)))
        .isGreaterThanOrEqualTo(LAB.awaited(object).before());
  }

  @ParameterizedTest
  @CsvSource({"argocd, argocd-svc", "homepage, homepage", "app-x, app-svc"})
  void aRouteWaitsForItsWorkloadAndAllGateways(String app, String name) {
    var service = LAB.onlyOfKind("Service apps/%s/%s".formatted(app, name));
    var deployment = LAB.onlyOfKind("Deployment apps/%s/%s".formatted(app, app));
    var route = LAB.onlyOfKind("HTTPRoute apps/%s/%s".formatted(app, app));

    assertThat(service.dependsOn()).containsExactly(deployment.name());
    assertThat(route.dependsOn())
        .contains(deployment.name(), service.name())
        .containsAll(
            LAB.registered().stream()
                .filter(any -> any.parent().equals("gateways"))
                .map(Registered::name)
                .toList());
    assertThat(LAB.position(deployment)).isLessThan(LAB.position(service));
    assertThat(LAB.position(service)).isLessThan(LAB.position(route));
  }

  /** A Gateway may wait for an address that a Service gives back in the same up. */
  @Test
  void noServiceWaitsForAGateway() {
    var gateways =
        LAB.registered().stream()
            .filter(any -> any.parent().equals("gateways"))
            .map(Registered::name)
            .toList();

    assertThat(LAB.registered())
        .filteredOn(any -> any.typeAndName().matches("(Service|Deployment) .*"))
        .isNotEmpty()
        .noneMatch(any -> any.dependsOn().stream().anyMatch(gateways::contains));
    assertThat(LAB.only("apps").dependsOn()).doesNotContainAnyElementsOf(gateways);
  }

  @Test
  void everyKubernetesObjectGoesThroughTheOneClusterAndHangsBelowALayer() {
    assertThat(LAB.registered())
        .filteredOn(any -> any.type().startsWith("kubernetes:"))
        .hasSize(29)
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
        .noneMatch(type -> type.matches("(proxmoxve|command|starbase:(proxmox|talos)).*"));
    assertThat(ON_EXISTING.registered())
        .filteredOn(any -> any.type().startsWith("kubernetes:"))
        .hasSize(29);
  }

  @Test
  void everyMachineAndImageGoesThroughTheOneProviderOfTheHosts() {
    assertThat(LAB.registered())
        .filteredOn(any -> any.type().startsWith("proxmoxve:"))
        .hasSize(8)
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
