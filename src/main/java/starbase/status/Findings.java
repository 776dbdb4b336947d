package starbase.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
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
            state.routes().stream().flatMap(Findings::route))
        .flatMap(found -> found)
        .toList();
  }

  private static Stream<String> route(HTTPRoute route) {
    var parents =
        Optional.ofNullable(route.getStatus()).map(status -> status.getParents()).orElse(List.of());
    if (parents.isEmpty()) {
      return said("HTTPRoute", route, Optional.of("no Gateway has taken it"));
    }
    return parents.stream()
        .map(parent -> Conditions.of(parent.getConditions()))
        .flatMap(conditions -> Stream.of("Accepted", "ResolvedRefs").map(conditions::complaint))
        .flatMap(complaint -> said("HTTPRoute", route, complaint));
  }

  private static Stream<String> said(String kind, HasMetadata object, Optional<String> complaint) {
    return complaint.map(text -> kind + " " + LabState.name(object) + ": " + text).stream();
  }
}
