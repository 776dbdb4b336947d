package starbase.tools.status;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import starbase.kubernetes.CiliumNames;

/** The ports of the nodes at which clients reach a Gateway. */
public final class NodePorts {
  /** The class of Gateways at nodes that are not at a node port: Cilium's own. */
  private static final String HOST_NETWORK = "cilium";

  private NodePorts() {}

  /** The Service that Cilium makes for a Gateway, among these, if it is at a port of the nodes. */
  public static Optional<Service> service(Gateway gateway, List<Service> services) {
    var made =
        gateway.getMetadata().getNamespace()
            + "/"
            + CiliumNames.serviceOf(gateway.getMetadata().getName());
    return services.stream()
        .filter(service -> LabState.name(service).equals(made))
        .filter(service -> "NodePort".equals(service.getSpec().getType()))
        .findFirst();
  }

  /**
   * The node port of a listener, if there is one. On the hosts' network the Service has node ports
   * too, but listeners' own ports count.
   */
  public static Optional<Integer> of(
      Gateway gateway, Listener listener, Optional<Service> service) {
    return service.stream()
        .filter(any -> !HOST_NETWORK.equals(gateway.getSpec().getGatewayClassName()))
        .flatMap(its -> its.getSpec().getPorts().stream())
        .filter(port -> port.getPort().equals(listener.getPort()))
        .map(ServicePort::getNodePort)
        .filter(Objects::nonNull)
        .findFirst();
  }
}
