package starbase.tools.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import starbase.apps.AppConfig;
import starbase.apps.HttpMatch;
import starbase.apps.HttpRule;
import starbase.apps.PathMatch;
import starbase.apps.RouteConfig;
import starbase.net.Hostname;
import starbase.net.HttpMethod;
import starbase.routing.Attachment;
import starbase.stack.LabConfig;

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
    lab.apps().values().forEach(app -> pages.addAll(of(app, lab.attachments(app))));
    return pages.stream().distinct().toList();
  }

  /** Where the page is, for the doctor. */
  RequestTarget target() {
    return RequestTarget.of(url);
  }

  private static List<PlannedPage> of(AppConfig app, List<Attachment> attachments) {
    var pages = new ArrayList<PlannedPage>();
    for (var hostname : app.hostnames()) {
      for (var attachment : attachments) {
        if (attachment.hostnames().contains(hostname)) {
          pages.add(of(app, hostname, attachment));
          redirect(hostname, attachment).ifPresent(pages::add);
        }
      }
    }
    return pages;
  }

  private static PlannedPage of(AppConfig app, Hostname hostname, Attachment attachment) {
    var path = path(app.routed());
    var url = attachment.url(hostname, path.orElse("/"));
    if (hostname.isWildcard()) {
      return new PlannedPage(url, Optional.of("a wildcard is not the name of one page"));
    }
    return new PlannedPage(
        url, path.isPresent() ? Optional.empty() : Optional.of(why(app.routed())));
  }

  private static Optional<PlannedPage> redirect(Hostname hostname, Attachment attachment) {
    return attachment.config().redirecting().stream()
        .filter(
            its ->
                attachment.scheme().equals("https")
                    && !hostname.isWildcard()
                    && its.takes(hostname))
        .findFirst()
        .map(its -> Attachment.url(attachment.config(), its, "http", hostname, "/"))
        .map(url -> new PlannedPage(url, Optional.empty()));
  }

  private static String why(RouteConfig route) {
    if (route instanceof RouteConfig.Http) {
      return "its rules take no plain GET: they ask for headers, parameters, another method or a"
          + " form of path";
    }
    if (route instanceof RouteConfig.Tcp) {
      return "it speaks TCP";
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
