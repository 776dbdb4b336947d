package starbase.tools.status;

import io.fabric8.certmanager.api.model.v1.Certificate;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRoute;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.List;

/**
 * The objects of a cluster that say how its Gateways are.
 *
 * @param gateways of all namespaces, in order
 * @param routes of all namespaces, in order
 * @param grpcRoutes of all namespaces, in order; none if the cluster knows no such kind
 * @param tlsRoutes of all namespaces, in order; none if the cluster knows no such kind
 * @param certificates of all namespaces, in order
 * @param services of all namespaces, in order
 * @param nodes all, in order
 */
public record LabState(
    List<Gateway> gateways,
    List<HTTPRoute> routes,
    List<GRPCRoute> grpcRoutes,
    List<TLSRoute> tlsRoutes,
    List<Certificate> certificates,
    List<Service> services,
    List<Node> nodes) {
  /**
   * Reads a cluster.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if it does not answer, or knows
   *     no such objects
   */
  public static LabState read(KubernetesClient client) {
    return new LabState(
        all(client, Gateway.class),
        all(client, HTTPRoute.class),
        known(client, GRPCRoute.class),
        known(client, TLSRoute.class),
        all(client, Certificate.class),
        all(client, Service.class),
        client.nodes().list().getItems().stream()
            .sorted(Comparator.comparing(node -> node.getMetadata().getName()))
            .toList());
  }

  /** Namespace and name, as people write it. */
  static String name(HasMetadata object) {
    return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
  }

  /** Of a kind that came to the Gateway API later than the others: older clusters are without. */
  private static <T extends HasMetadata> List<T> known(KubernetesClient client, Class<T> kind) {
    return client.supports(kind) ? all(client, kind) : List.of();
  }

  private static <T extends HasMetadata> List<T> all(KubernetesClient client, Class<T> kind) {
    return client.resources(kind).inAnyNamespace().list().getItems().stream()
        .sorted(Comparator.comparing(LabState::name))
        .toList();
  }
}
