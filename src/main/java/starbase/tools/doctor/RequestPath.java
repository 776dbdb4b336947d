package starbase.tools.doctor;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import starbase.tools.status.NodePorts;

/**
 * The objects that a request for a host passes, as they name each other: not that they are well.
 *
 * @param listener the Gateway's, if one takes that host by that protocol and port
 * @param route the one for that host, if there is one
 * @param atNodes the Gateway's Service, if clients reach it at a port of the nodes
 */
record RequestPath(
    Gateway gateway,
    Optional<Listener> listener,
    Optional<HTTPRoute> route,
    Optional<Service> atNodes) {
  private record Candidate(Gateway gateway, int specificity) {}

  /** The path through the Gateway whose route has the host's name, else whose listener has it. */
  static Optional<RequestPath> of(RequestTarget target, ClusterObjects cluster) {
    return best(byRoutes(target, cluster))
        .or(() -> best(byListeners(target, cluster)))
        .map(gateway -> through(gateway, target, cluster));
  }

  /** The Gateway's. */
  Name name() {
    return Name.of(gateway);
  }

  /**
   * The addresses that the Gateway has, by its status: several if clients reach it at the nodes.
   */
  List<String> addresses() {
    return Optional.ofNullable(gateway.getStatus())
        .flatMap(status -> Optional.ofNullable(status.getAddresses()))
        .orElse(List.of())
        .stream()
        .map(address -> address.getValue())
        .toList();
  }

  /** The first of them. */
  Optional<String> address() {
    return addresses().stream().findFirst();
  }

  /** The port that clients use for a listener. */
  int port(Listener listener) {
    return port(gateway, listener, atNodes);
  }

  private static int port(Gateway gateway, Listener listener, Optional<Service> atNodes) {
    return NodePorts.of(gateway, listener, atNodes).orElse(listener.getPort());
  }

  private static RequestPath through(
      Gateway gateway, RequestTarget target, ClusterObjects cluster) {
    var atNodes = NodePorts.service(gateway, cluster.services());
    var listener =
        gateway.getSpec().getListeners().stream()
            .filter(
                each ->
                    takes(gateway, each, target, atNodes)
                        && Match.specificity(each.getHostname(), target.host()) >= 0)
            .max(
                Comparator.comparingInt(
                    each -> Match.specificity(each.getHostname(), target.host())));
    var route =
        cluster.routes().stream()
            .filter(each -> Match.specificity(each.getSpec().getHostnames(), target.host()) >= 0)
            .filter(each -> asks(each, gateway, listener))
            .max(
                Comparator.comparingInt(
                        (HTTPRoute each) ->
                            Match.specificity(each.getSpec().getHostnames(), target.host()))
                    // Several routes may share a hostname: the path tells them apart.
                    .thenComparingInt(each -> Match.ofPath(each, target.path())));
    return new RequestPath(gateway, listener, route, atNodes);
  }

  private static boolean takes(
      Gateway gateway, Listener listener, RequestTarget target, Optional<Service> atNodes) {
    return target.protocol().equals(listener.getProtocol())
        && port(gateway, listener, atNodes) == target.port();
  }

  private static boolean asks(HTTPRoute route, Gateway gateway, Optional<Listener> listener) {
    return References.parents(route, gateway)
        .anyMatch(
            parent ->
                parent.getSectionName() == null
                    || listener
                        .map(its -> its.getName().equals(parent.getSectionName()))
                        .orElse(true));
  }

  private static Stream<Candidate> byRoutes(RequestTarget target, ClusterObjects cluster) {
    return cluster.gateways().stream()
        .flatMap(
            gateway ->
                cluster.routes().stream()
                    .filter(route -> References.parents(route, gateway).findAny().isPresent())
                    .map(
                        route ->
                            new Candidate(
                                gateway,
                                Match.specificity(route.getSpec().getHostnames(), target.host()))));
  }

  private static Stream<Candidate> byListeners(RequestTarget target, ClusterObjects cluster) {
    return cluster.gateways().stream()
        .flatMap(
            gateway ->
                gateway.getSpec().getListeners().stream()
                    .map(
                        listener ->
                            new Candidate(
                                gateway,
                                Match.specificity(listener.getHostname(), target.host()))));
  }

  /** A name that takes every host says nothing of which Gateway was meant. */
  private static Optional<Gateway> best(Stream<Candidate> candidates) {
    return candidates
        .filter(each -> each.specificity() > 0)
        .max(Comparator.comparingInt(Candidate::specificity))
        .map(Candidate::gateway);
  }
}
