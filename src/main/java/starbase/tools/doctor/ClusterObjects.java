package starbase.tools.doctor;

import io.fabric8.certmanager.api.model.v1.Certificate;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import starbase.tools.status.LabState;

/**
 * The objects of a cluster that a request depends on, as they were at one moment.
 *
 * @param secrets those that Gateways name, no others
 * @param leases those of kube-system
 * @param pools Cilium's LoadBalancer pools
 * @param announcements Cilium's L2 announcement policies
 */
public record ClusterObjects(
    List<Gateway> gateways,
    List<HTTPRoute> routes,
    List<Certificate> certificates,
    List<Secret> secrets,
    List<Service> services,
    List<EndpointSlice> slices,
    List<Lease> leases,
    List<Node> nodes,
    List<GenericKubernetesResource> pools,
    List<GenericKubernetesResource> announcements) {
  /**
   * Reads a cluster.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if it does not answer, forbids
   *     it, or knows no such objects
   */
  public static ClusterObjects read(KubernetesClient client) {
    var lab = LabState.read(client);
    return new ClusterObjects(
        lab.gateways(),
        lab.routes(),
        lab.certificates(),
        secrets(client, lab.gateways()),
        lab.services(),
        client.discovery().v1().endpointSlices().inAnyNamespace().list().getItems(),
        client.leases().inNamespace(Leases.NAMESPACE).list().getItems(),
        lab.nodes(),
        cilium(client, "cilium.io/v2", "CiliumLoadBalancerIPPool"),
        cilium(client, "cilium.io/v2alpha1", "CiliumL2AnnouncementPolicy"));
  }

  private static List<GenericKubernetesResource> cilium(
      KubernetesClient client, String version, String kind) {
    return client.genericKubernetesResources(version, kind).list().getItems();
  }

  private static List<Secret> secrets(KubernetesClient client, List<Gateway> gateways) {
    return gateways.stream()
        .flatMap(
            gateway ->
                gateway.getSpec().getListeners().stream()
                    .flatMap(each -> References.certificates(gateway, each)))
        .distinct()
        .map(name -> client.secrets().inNamespace(name.namespace()).withName(name.name()).get())
        .filter(Objects::nonNull)
        .toList();
  }

  /** The object of that name among these. */
  static <T extends HasMetadata> Optional<T> find(List<T> objects, Name name) {
    return objects.stream().filter(each -> Name.of(each).equals(name)).findFirst();
  }
}
