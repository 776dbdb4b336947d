package starbase.tools.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRouteStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is not ready in a lab, in its controllers' own words. */
final class Findings {
  /** What Cilium says of a Service that asks for an address; nothing is said of others. */
  private static final String ADDRESS_GRANTED = "cilium.io/IPAMRequestSatisfied";

  private Findings() {}

  /** The nodes that are not Ready: the lab may answer all the same. */
  static List<String> nodes(LabState state) {
    return state.nodes().stream()
        .flatMap(
            node ->
                Conditions.of(node)
                    .complaint("Ready")
                    .map(text -> "Node %s: %s".formatted(node.getMetadata().getName(), text))
                    .stream())
        .toList();
  }

  static List<String> of(LabState state) {
    if (state.gateways().isEmpty()) {
      return List.of("the cluster has no Gateway");
    }
    return Stream.of(
            state.gateways().stream()
                .flatMap(
                    gateway ->
                        said("Gateway", gateway, Conditions.of(gateway).complaint("Programmed"))),
            state.services().stream().flatMap(Findings::address),
            state.certificates().stream()
                .flatMap(
                    certificate ->
                        said(
                            "Certificate",
                            certificate,
                            Conditions.of(certificate).complaint("Ready"))),
            routes(state.routes(), HTTPRoute::getStatus, HTTPRouteStatus::getParents),
            routes(state.grpcRoutes(), GRPCRoute::getStatus, GRPCRouteStatus::getParents),
            routes(state.tlsRoutes(), TLSRoute::getStatus, TLSRouteStatus::getParents))
        .flatMap(found -> found)
        .toList();
  }

  private static Stream<String> address(Service service) {
    var said =
        Optional.ofNullable(service.getStatus())
            .map(ServiceStatus::getConditions)
            .orElse(List.of())
            .stream()
            .filter(condition -> condition.getType().equals(ADDRESS_GRANTED))
            .toList();
    return said.isEmpty()
        ? Stream.empty()
        : said("Service", service, Conditions.of(said).complaint(ADDRESS_GRANTED));
  }

  /**
   * What the controllers of routes' Gateways say of them; each kind has a status class of its own.
   */
  private static <R extends HasMetadata, S> Stream<String> routes(
      List<R> routes, Function<R, S> status, Function<S, List<RouteParentStatus>> parents) {
    return routes.stream()
        .flatMap(
            route ->
                route(
                    route,
                    Optional.ofNullable(status.apply(route)).map(parents).orElse(List.of())));
  }

  private static Stream<String> route(HasMetadata route, List<RouteParentStatus> parents) {
    if (parents.isEmpty()) {
      return said(route.getKind(), route, Optional.of("no Gateway has accepted it"));
    }
    return parents.stream()
        .map(parent -> Conditions.of(parent.getConditions()))
        .flatMap(conditions -> Stream.of("Accepted", "ResolvedRefs").map(conditions::complaint))
        .flatMap(complaint -> said(route.getKind(), route, complaint));
  }

  private static Stream<String> said(String kind, HasMetadata object, Optional<String> complaint) {
    return complaint.map(text -> kind + " " + LabState.name(object) + ": " + text).stream();
  }
}
