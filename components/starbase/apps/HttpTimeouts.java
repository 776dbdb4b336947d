package starbase.apps;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteTimeouts;
import java.util.Optional;
import starbase.rules.Rules;

/**
 * Limits on the time of a response.
 *
 * @param request from the client's request to the last byte of the response
 * @param backendRequest the limit for one request to a backend, within {@code request}
 */
public record HttpTimeouts(Optional<Interval> request, Optional<Interval> backendRequest) {
  /**
   * @throws IllegalArgumentException if a backend may take longer than the whole
   */
  public HttpTimeouts {
    new Rules()
        .require(
            request
                .flatMap(whole -> backendRequest.map(part -> part.compareTo(whole) <= 0))
                .orElse(true),
            "backendRequest",
            "is longer than the timeout of the whole request",
            "up to the value of request")
        .enforce();
  }

  HTTPRouteTimeouts timeouts() {
    return new HTTPRouteTimeouts(
        backendRequest.map(Interval::text).orElse(null), request.map(Interval::text).orElse(null));
  }
}
