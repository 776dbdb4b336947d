package starbase.apps;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteMatchBuilder;
import java.util.List;
import java.util.Optional;
import starbase.net.HttpMethod;
import starbase.rules.Rules;

/**
 * Selects requests that meet all of these conditions.
 *
 * @param path a condition on the path; default: all paths
 * @param method the method; default: all methods
 * @param headers conditions on headers
 * @param query conditions on query parameters
 */
public record HttpMatch(
    Optional<PathMatch> path,
    Optional<HttpMethod> method,
    Optional<List<ValueMatch>> headers,
    Optional<List<ValueMatch>> query) {
  /**
   * @throws IllegalArgumentException if nothing is said, or a header or parameter stands twice: the
   *     second would be ignored
   */
  public HttpMatch {
    var rules =
        new Rules()
            .require(
                path.isPresent() || method.isPresent() || headers.isPresent() || query.isPresent(),
                "",
                "is empty",
                "path, method, headers or query; leave matches out for all requests");
    UniqueNames.ofHeaders(rules).takeAll("headers", headers.orElse(List.of()));
    UniqueNames.ofParameters(rules).takeAll("query", query.orElse(List.of()));
    rules.enforce();
  }

  HTTPRouteMatch match() {
    return new HTTPRouteMatchBuilder()
        .withPath(path.map(PathMatch::match).orElse(null))
        .withMethod(method.map(HttpMethod::name).orElse(null))
        .withHeaders(headers.orElse(List.of()).stream().map(ValueMatch::header).toList())
        .withQueryParams(query.orElse(List.of()).stream().map(ValueMatch::query).toList())
        .build();
  }
}
