package starbase.stack.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import starbase.apps.AppConfig;
import starbase.apps.GrpcRule;
import starbase.apps.HttpMatch;
import starbase.apps.HttpRule;
import starbase.apps.PathMatch;
import starbase.apps.RouteConfig;
import starbase.apps.ValueMatch;
import starbase.findings.Finding;
import starbase.net.DnsLabel;
import starbase.net.Hostname;
import starbase.routing.Attachment;

/**
 * Reports routes that match the same requests at the same listener. Only the older of two such
 * routes would receive them.
 *
 * <p>Several applications may share a hostname, also from different namespaces, as long as their
 * paths, methods, headers or parameters differ (Gateway API, HTTPRouteRule.matches).
 */
final class RouteConflicts {
  private RouteConflicts() {}

  /** A hostname at a listener; TCP has none. */
  private record Place(DnsLabel gateway, DnsLabel listener, Optional<Hostname> hostname) {}

  /** The requests at a place that one match selects. */
  private record Requests(Place place, String match) {}

  /** The application that claimed a place or its requests first. */
  private record Earlier(String key, AppConfig app) {}

  static List<Finding> check(LabView plan) {
    var findings = new ArrayList<Finding>();
    var places = new HashMap<Place, Earlier>();
    var taken = new HashMap<Requests, Earlier>();
    plan.apps()
        .forEach(
            (name, app) -> {
              var told = new HashSet<String>();
              for (var attachment : Attachment.of(app, plan.gateways())) {
                for (var place : places("starbase:apps." + name, app, attachment).entrySet()) {
                  conflict(places, taken, place.getKey(), app, place.getValue())
                      .filter(finding -> told.add(finding.key()))
                      .ifPresent(findings::add);
                }
              }
            });
    return findings;
  }

  /** Where an application's requests come in, by the key that says so. */
  private static Map<String, Place> places(String key, AppConfig app, Attachment attachment) {
    var gateway = attachment.gateway();
    var listener = attachment.listener().name();
    if (app.routed() instanceof RouteConfig.Tcp) {
      return Map.of(key, new Place(gateway, listener, Optional.empty()));
    }
    var places = new LinkedHashMap<String, Place>();
    for (int i = 0; i < app.hostnames().size(); i++) {
      var hostname = app.hostnames().get(i);
      if (attachment.hostnames().contains(hostname)) {
        places.put(
            key + ".hostnames[" + i + "]", new Place(gateway, listener, Optional.of(hostname)));
      }
    }
    return places;
  }

  private static Optional<Finding> conflict(
      Map<Place, Earlier> places,
      Map<Requests, Earlier> taken,
      String key,
      AppConfig app,
      Place place) {
    var me = new Earlier(key, app);
    var first = places.putIfAbsent(place, me);
    Optional<Finding> conflict = Optional.empty();
    if (first != null && !first.app().routed().kind().equals(app.routed().kind())) {
      conflict =
          Optional.of(
              finding(key, place, first, ", by a route of kind " + first.app().routed().kind())
                  .allowed("a hostname of its own"));
    }
    for (var match : matches(app.routed()).toList()) {
      var before = taken.putIfAbsent(new Requests(place, match), me);
      if (before != null && before.app() != app && conflict.isEmpty()) {
        conflict =
            Optional.of(
                app.routed().seesRequests()
                    ? finding(key, place, before, ", for " + match)
                        .allowed("a hostname of its own, or other paths")
                    : finding(key, place, before, "")
                        .allowed(
                            place.hostname().isPresent()
                                ? "a hostname of its own"
                                : "a listener of its own"));
      }
    }
    return conflict;
  }

  private static Finding finding(String key, Place place, Earlier before, String what) {
    return place
        .hostname()
        .map(
            hostname ->
                Finding.error(
                        key,
                        "is already routed by %s at the same Gateway%s"
                            .formatted(before.key(), what))
                    .given(hostname))
        .orElseGet(
            () ->
                Finding.error(
                    key,
                    "attaches to listener %s of %s, which %s already uses: only the older route gets connections"
                        .formatted(place.listener(), place.gateway(), before.key())));
  }

  /** A description of each match of a route; equal matches have equal descriptions. */
  private static Stream<String> matches(RouteConfig route) {
    if (route instanceof RouteConfig.Http http) {
      return http.rules().stream().flatMap(RouteConflicts::matches);
    }
    return route instanceof RouteConfig.Grpc grpc
        ? grpc.rules().stream().flatMap(RouteConflicts::matches)
        : Stream.of("all");
  }

  private static Stream<String> matches(GrpcRule rule) {
    return rule.matches()
        .map(
            all ->
                all.stream()
                    .map(
                        its ->
                            "calls of %s/%s%s"
                                .formatted(
                                    its.service().orElse("any service"),
                                    its.method().orElse("any method"),
                                    values("headers", its.headers(), true))))
        .orElse(Stream.of("all calls"));
  }

  private static Stream<String> matches(HttpRule rule) {
    return rule.matches()
        .map(all -> all.stream().map(RouteConflicts::match))
        .orElse(Stream.of("path prefix /"));
  }

  private static String match(HttpMatch match) {
    return path(match.path().orElse(new PathMatch.Prefix("/")))
        + match.method().map(its -> ", method " + its.name()).orElse("")
        + values("headers", match.headers(), true)
        + values("query", match.query(), false);
  }

  private static String path(PathMatch path) {
    if (path instanceof PathMatch.Exact its) {
      return "path " + its.value();
    }
    // A slash at a prefix's end makes no difference.
    return path instanceof PathMatch.Prefix its
        ? "path prefix " + its.value().replaceFirst("(?<=.)/$", "")
        : "paths like " + ((PathMatch.RegularExpression) path).value().text();
  }

  private static String values(
      String what, Optional<List<ValueMatch>> values, boolean withoutCase) {
    return values
        .filter(all -> !all.isEmpty())
        .map(
            all ->
                all.stream()
                    .map(
                        its ->
                            (withoutCase ? its.name().toLowerCase(Locale.ROOT) : its.name())
                                + its.value().map("=%s"::formatted).orElse("")
                                + its.pattern().map(form -> "~" + form.text()).orElse(""))
                    .sorted()
                    .collect(Collectors.joining(", ", ", " + what + " ", "")))
        .orElse("");
  }
}
