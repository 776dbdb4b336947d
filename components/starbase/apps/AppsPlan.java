package starbase.apps;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import starbase.kubernetes.Planned;
import starbase.net.DnsLabel;

/** What the layer creates, and where in the configuration its parts come from. */
public final class AppsPlan {
  private static final Map<String, String> OF_ROUTES =
      Map.ofEntries(
          Map.entry("spec.hostnames", "hostnames"),
          Map.entry("spec.hostnames[]", "hostnames[]"),
          Map.entry("spec.parentRefs", "gateway"),
          Map.entry("spec.rules", "route.rules"),
          Map.entry("spec.rules[]", "route.rules[]"),
          Map.entry("spec.rules[].matches", "route.rules[].matches"),
          Map.entry("spec.rules[].matches[]", "route.rules[].matches[]"),
          Map.entry("spec.rules[].matches[].headers", "route.rules[].matches[].headers"),
          Map.entry("spec.rules[].matches[].headers[]", "route.rules[].matches[].headers[]"),
          Map.entry("spec.rules[].matches[].path", "route.rules[].matches[].path"),
          Map.entry("spec.rules[].matches[].queryParams", "route.rules[].matches[].query"),
          Map.entry("spec.rules[].matches[].queryParams[]", "route.rules[].matches[].query[]"),
          Map.entry("spec.rules[].filters", "route.rules[].filters"),
          Map.entry("spec.rules[].filters[]", "route.rules[].filters[]"),
          Map.entry("spec.rules[].backendRefs", "route.rules[].backends"),
          Map.entry("spec.rules[].backendRefs[]", "route.rules[].backends[]"),
          Map.entry("spec.rules[].timeouts", "route.rules[].timeouts"));

  private static final Map<String, String> OF_TLS_ROUTES =
      Map.of(
          "spec.hostnames", "hostnames",
          "spec.hostnames[]", "hostnames[]",
          "spec.parentRefs", "gateway",
          "spec.rules", "route",
          "spec.rules[].backendRefs", "route.backends");

  private AppsPlan() {}

  /**
   * The routes of all applications. Of Deployments and Services, each value is right by itself
   * already: there is nothing in them that this program does not name.
   *
   * @param gatewayNamespaces the namespace of each Gateway, by the Gateway's name; an application
   *     at a Gateway that is not among them has no route here
   */
  public static List<Planned> routes(
      Map<DnsLabel, AppConfig> config, Map<DnsLabel, DnsLabel> gatewayNamespaces) {
    return config.entrySet().stream()
        .filter(app -> gatewayNamespaces.containsKey(app.getValue().gateway()))
        .map(app -> route(app.getKey(), app.getValue(), gatewayNamespaces))
        .toList();
  }

  private static Planned route(
      DnsLabel app, AppConfig its, Map<DnsLabel, DnsLabel> gatewayNamespaces) {
    var namespace = Objects.requireNonNull(gatewayNamespaces.get(its.gateway()));
    return new Planned(
        "starbase:apps." + app,
        Route.manifest(app, its, namespace),
        its.routed() instanceof RouteConfig.Tls ? OF_TLS_ROUTES : OF_ROUTES);
  }
}
