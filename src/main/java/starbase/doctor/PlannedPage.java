package starbase.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import starbase.LabConfig;
import starbase.apps.AppConfig;
import starbase.apps.HttpMatch;
import starbase.apps.HttpRule;
import starbase.apps.PathMatch;
import starbase.apps.RouteConfig;
import starbase.gateways.GatewayConfig;
import starbase.gateways.ListenerConfig;
import starbase.net.Hostname;
import starbase.net.HttpMethod;

/**
 * A page that the stack file promises to clients.
 *
 * @param url what a client asks for
 * @param notAsked why a plain GET proves nothing about it; empty if it is to be asked
 */
public record PlannedPage(String url, Optional<String> notAsked) {
  /**
   * The pages of a plan: each hostname of each application by HTTPS, and by HTTP where a listener
   * redirects. The path is one that the application's route takes.
   */
  public static List<PlannedPage> of(LabConfig lab) {
    var pages = new ArrayList<PlannedPage>();
    lab.apps()
        .values()
        .forEach(
            app ->
                Optional.ofNullable(lab.gateways().get(app.gateway()))
                    .ifPresent(gateway -> pages.addAll(of(app, gateway))));
    return List.copyOf(pages);
  }

  /** Where the page is, for the doctor. */
  Target target() {
    return Target.of(url);
  }

  private static List<PlannedPage> of(AppConfig app, GatewayConfig gateway) {
    var pages = new ArrayList<PlannedPage>();
    for (var hostname : app.hostnames()) {
      gateway.listeners().stream()
          .filter(listener -> listener.name().equals(app.routed().listener()))
          .forEach(listener -> pages.add(of(app, hostname, gateway, listener)));
      gateway.redirecting().stream()
          .filter(listener -> Match.specificity(listener.hostname().text(), hostname) >= 0)
          .filter(listener -> !hostname.isWildcard())
          .findFirst()
          .ifPresent(
              listener ->
                  pages.add(
                      new PlannedPage(
                          url("http", hostname, gateway, listener, "/"), Optional.empty())));
    }
    return pages;
  }

  private static PlannedPage of(
      AppConfig app, Hostname hostname, GatewayConfig gateway, ListenerConfig listener) {
    var path = path(app.routed());
    var url = url("https", hostname, gateway, listener, path.orElse("/"));
    if (hostname.isWildcard()) {
      return new PlannedPage(url, Optional.of("a wildcard is not the name of one page"));
    }
    return new PlannedPage(
        url, path.isPresent() ? Optional.empty() : Optional.of(why(app.routed())));
  }

  private static String url(
      String scheme,
      Hostname hostname,
      GatewayConfig gateway,
      ListenerConfig listener,
      String path) {
    int port = gateway.clientPort(listener).number();
    boolean usual = port == ("https".equals(scheme) ? Target.HTTPS : Target.HTTP);
    return "%s://%s%s%s".formatted(scheme, hostname, usual ? "" : ":" + port, path);
  }

  private static String why(RouteConfig route) {
    if (route instanceof RouteConfig.Http) {
      return "its rules take no plain GET: they ask for headers, parameters, another method or a"
          + " form of path";
    }
    return route instanceof RouteConfig.Grpc
        ? "it speaks gRPC"
        : "the application ends TLS with a certificate of its own";
  }

  /** A path that the route takes by a GET without further headers or parameters. */
  private static Optional<String> path(RouteConfig route) {
    return route instanceof RouteConfig.Http http
        ? http.rules().stream().flatMap(PlannedPage::paths).findFirst()
        : Optional.empty();
  }

  private static Stream<String> paths(HttpRule rule) {
    return rule.matches()
        .map(all -> all.stream().flatMap(PlannedPage::paths))
        .orElse(Stream.of("/"));
  }

  private static Stream<String> paths(HttpMatch match) {
    var plain =
        match.headers().isEmpty()
            && match.query().isEmpty()
            && match.method().map(HttpMethod::name).orElse("GET").equals("GET");
    if (!plain) {
      return Stream.empty();
    }
    var path = match.path().orElse(new PathMatch.Prefix("/"));
    if (path instanceof PathMatch.Exact exact) {
      return Stream.of(exact.value());
    }
    return path instanceof PathMatch.Prefix prefix ? Stream.of(prefix.value()) : Stream.empty();
  }
}
