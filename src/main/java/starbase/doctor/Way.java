package starbase.doctor;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The objects that a request for a host passes, as they name each other: not that they are well.
 *
 * @param listener the Gateway's, if one takes that host by that protocol and port
 * @param route the one for that host, if there is one
 */
record Way(Gateway gateway, Optional<Listener> listener, Optional<HTTPRoute> route) {
  private record Candidate(Gateway gateway, int specificity) {}

  /** The way through the Gateway whose route has the host's name, else whose listener has it. */
  static Optional<Way> of(Target target, Cluster cluster) {
    return best(byRoutes(target, cluster))
        .or(() -> best(byListeners(target, cluster)))
        .map(gateway -> through(gateway, target, cluster));
  }

  /** The Gateway's. */
  Name name() {
    return Name.of(gateway);
  }

  /** The address that the Gateway has, by its status. */
  Optional<String> address() {
    return Optional.ofNullable(gateway.getStatus())
        .flatMap(status -> Optional.ofNullable(status.getAddresses()))
        .flatMap(addresses -> addresses.stream().findFirst())
        .map(address -> address.getValue());
  }

  private static Way through(Gateway gateway, Target target, Cluster cluster) {
    var listener =
        gateway.getSpec().getListeners().stream()
            .filter(
                each ->
                    takes(each, target)
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
                    each -> Match.specificity(each.getSpec().getHostnames(), target.host())));
    return new Way(gateway, listener, route);
  }

  private static boolean takes(Listener listener, Target target) {
    return target.protocol().equals(listener.getProtocol()) && listener.getPort() == target.port();
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

  private static Stream<Candidate> byRoutes(Target target, Cluster cluster) {
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

  private static Stream<Candidate> byListeners(Target target, Cluster cluster) {
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
