package starbase.apps;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteRule;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteRuleBuilder;
import java.util.List;
import java.util.Optional;
import starbase.rules.Rules;

/**
 * One rule of a gRPC route.
 *
 * @param matches selects calls that meet one of these; default: all calls
 * @param backends the targets; default: the application's own Service
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
