package starbase.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRouteStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is not ready in a lab, in its controllers' own words. */
final class Findings {
  private Findings() {}

  static List<String> of(LabState state) {
    if (state.gateways().isEmpty()) {
      return List.of("the cluster has no Gateway");
    }
    return Stream.of(
            state.gateways().stream()
                .flatMap(
                    gateway ->
                        said("Gateway", gateway, Conditions.of(gateway).complaint("Programmed"))),
            state.certificates().stream()
                .flatMap(
                    certificate ->
                        said(
                            "Certificate",
                            certificate,
                            Conditions.of(certificate).complaint("Ready"))),
            state.routes().stream()
                .flatMap(
                    route ->
                        route(
                            route,
                            Optional.ofNullable(route.getStatus())
                                .map(HTTPRouteStatus::getParents))),
            state.grpcRoutes().stream()
                .flatMap(
                    route ->
                        route(
                            route,
                            Optional.ofNullable(route.getStatus())
                                .map(GRPCRouteStatus::getParents))),
            state.tlsRoutes().stream()
                .flatMap(
                    route ->
                        route(
                            route,
                            Optional.ofNullable(route.getStatus())
                                .map(TLSRouteStatus::getParents))))
        .flatMap(found -> found)
        .toList();
  }

  /** What the controllers of a route's Gateways say of it, whatever its kind. */
  private static Stream<String> route(HasMetadata route, Optional<List<RouteParentStatus>> taken) {
    var parents = taken.orElse(List.of());
    if (parents.isEmpty()) {
      return said(route.getKind(), route, Optional.of("no Gateway has taken it"));
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
