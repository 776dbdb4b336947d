package starbase.tools.doctor;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import java.time.Instant;
import java.util.Optional;

/**
 * The input of each step.
 *
 * @param path the path of the request through the cluster's objects, if one of them has its name
 * @param given the address to use in place of DNS
 * @param now when the cluster was read
 */
record Examination(
    RequestTarget target,
    ClusterObjects cluster,
    Optional<RequestPath> path,
    Optional<String> given,
    Instant now) {
  static Examination of(
      RequestTarget target, ClusterObjects cluster, Optional<String> given, Instant now) {
    return new Examination(target, cluster, RequestPath.of(target, cluster), given, now);
  }

  /** The request path. Only valid after {@link GatewayStep} has found one. */
  RequestPath requestPath() {
    return path.orElseThrow();
  }

  Listener listener() {
    return requestPath().listener().orElseThrow();
  }

  HTTPRoute route() {
    return requestPath().route().orElseThrow();
  }

  /** The address that the request goes to. */
  String address() {
    return requestPath().address().orElseThrow();
  }
}
