package starbase.tools.status;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayStatusAddress;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a Gateway says of itself; one that nobody has looked at yet has no status. */
final class GatewayView {
  private GatewayView() {}

  static Stream<String> addresses(Gateway gateway) {
    return Optional.ofNullable(gateway.getStatus())
        .map(status -> status.getAddresses())
        .orElse(List.of())
        .stream()
        .map(GatewayStatusAddress::getValue);
  }

  static String programmed(Gateway gateway) {
    return Conditions.of(gateway).status("Programmed");
  }

  /** Name and port of each, and the port of the nodes if that is what clients use. */
  static Stream<String> listeners(Gateway gateway, List<Service> services) {
    var service = NodePorts.service(gateway, services);
    return gateway.getSpec().getListeners().stream()
        .map(listener -> listener(listener, NodePorts.of(gateway, listener, service)));
  }

  private static String listener(Listener listener, Optional<Integer> nodePort) {
    return listener.getName()
        + ":"
        + listener.getPort()
        + nodePort.map(" (node port %d)"::formatted).orElse("");
  }

  static int attachedRoutes(Gateway gateway) {
    return Optional.ofNullable(gateway.getStatus())
        .map(status -> status.getListeners())
        .orElse(List.of())
        .stream()
        .map(ListenerStatus::getAttachedRoutes)
        .filter(Objects::nonNull)
        .mapToInt(Integer::intValue)
        .sum();
  }

  /** The secrets with the listeners' certificates, as namespace and name. */
  static Set<String> secrets(Gateway gateway) {
    return gateway.getSpec().getListeners().stream()
        .flatMap(listener -> Optional.ofNullable(listener.getTls()).stream())
        .flatMap(tls -> tls.getCertificateRefs().stream())
        .map(
            secret ->
                Optional.ofNullable(secret.getNamespace())
                        .orElse(gateway.getMetadata().getNamespace())
                    + "/"
                    + secret.getName())
        .collect(Collectors.toUnmodifiableSet());
  }
}
