package starbase.apps;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRuleBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import starbase.rules.Rules;

/**
 * One rule of an HTTP route.
 *
 * @param matches selects requests that meet one of these; default: all requests
 * @param filters changes to requests and responses, each kind at most once
 * @param backends the targets; default: the application's own Service
 * @param timeouts limits on the time of a response
 */
public record HttpRule(
    Optional<List<HttpMatch>> matches,
    Optional<List<HttpFilter>> filters,
    Optional<List<BackendConfig>> backends,
    Optional<HttpTimeouts> timeouts) {
  /** All requests, to the application's own Service. */
  static final HttpRule ALL =
      new HttpRule(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * @throws IllegalArgumentException if its parts do not fit each other
   */
  public HttpRule {
    var all = filters.orElse(List.of());
    var rules =
        Backends.check(new Rules(), backends)
            .require(
                matches.map(its -> !its.isEmpty()).orElse(true),
                "matches",
                "is empty",
                "at least one; leave it out for all requests")
            .require(
                backends.isEmpty() || all.stream().noneMatch(HttpFilter::answers),
                "backends",
                "get no request: a filter redirects every request",
                "either backends or a redirect");
    var kinds = new HashSet<Class<?>>();
    for (int i = 0; i < all.size(); i++) {
      var filter = all.get(i);
      rules
          .require(
              kinds.add(filter.getClass()),
              "filters[" + i + "].kind",
              "is listed twice",
              "each kind once in a rule")
          .require(
              !(filter instanceof HttpFilter.Rewrite) || !kinds.contains(HttpFilter.Redirect.class),
              "filters[" + i + "].kind",
              "can't be combined with a redirect",
              "one of the two")
          .require(
              !(filter instanceof HttpFilter.Redirect) || !kinds.contains(HttpFilter.Rewrite.class),
              "filters[" + i + "].kind",
              "can't be combined with a rewrite",
              "one of the two")
          .require(
              !filter.needsPrefix() || matchesOnePrefix(matches),
              "filters[" + i + "].prefix",
              "replaces the matched prefix, and the rule does not match exactly one",
              "path in its place, or exactly one match whose path has kind: prefix");
    }
    rules.enforce();
  }

  /** Where it leads, in an application with that Service. */
  List<BackendConfig> leadsTo(ServiceConfig own) {
    return filters.orElse(List.of()).stream().anyMatch(HttpFilter::answers)
        ? List.of()
        : Backends.of(backends, own);
  }

  HTTPRouteRule rule(ServiceConfig own) {
    return new HTTPRouteRuleBuilder()
        .withMatches(matches.orElse(List.of()).stream().map(HttpMatch::match).toList())
        .withFilters(filters.orElse(List.of()).stream().map(HttpFilter::filter).toList())
        .withBackendRefs(Backends.http(leadsTo(own)))
        .withTimeouts(timeouts.map(HttpTimeouts::timeouts).orElse(null))
        .build();
  }

  private static boolean matchesOnePrefix(Optional<List<HttpMatch>> matches) {
    return matches
        .filter(all -> all.size() == 1)
        .flatMap(all -> all.get(0).path())
        .filter(PathMatch.Prefix.class::isInstance)
        .isPresent();
  }
}
