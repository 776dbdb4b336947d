package starbase.tools.doctor;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import java.time.Instant;
import java.util.Optional;

/**
 * What is examined.
 *
 * @param path how the cluster's objects send the target, if they know its name
 * @param given the address that the person wants to go to without DNS
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

  /** Where the request goes to. */
  String address() {
    return requestPath().address().orElseThrow();
  }
}
