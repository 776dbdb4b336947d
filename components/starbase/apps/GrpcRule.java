package starbase.apps;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteRule;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteRuleBuilder;
import java.util.List;
import java.util.Optional;
import starbase.rules.Rules;

/**
 * One rule of a route for gRPC.
 *
 * @param matches which calls it takes: those that fit one of these; all if left out
 * @param backends where they go; to the application's own Service if left out
 */
public record GrpcRule(Optional<List<GrpcMatch>> matches, Optional<List<BackendConfig>> backends) {
  /**
   * @throws IllegalArgumentException if its parts do not fit each other
   */
  public GrpcRule {
    Backends.check(new Rules(), backends)
        .require(
            matches.map(its -> !its.isEmpty()).orElse(true),
            "matches",
            "is empty",
            "at least one; leave it out for all calls")
        .enforce();
  }

  GRPCRouteRule rule(ServiceConfig own) {
    return new GRPCRouteRuleBuilder()
        .withMatches(matches.orElse(List.of()).stream().map(GrpcMatch::match).toList())
        .withBackendRefs(Backends.grpc(Backends.of(backends, own)))
        .build();
  }
}
