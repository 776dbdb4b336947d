package starbase.apps;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import starbase.kubernetes.Planned;
import starbase.net.DnsLabel;

/** What the layer creates, and where in the configuration its parts come from. */
public final class AppsPlan {
  private static final Map<String, String> OF_ROUTES =
      Map.ofEntries(
          Map.entry("spec.hostnames", "hostnames"),
          Map.entry("spec.hostnames[]", "hostnames[]"),
          Map.entry("metadata.labels", "metadata.labels"),
          Map.entry("metadata.annotations", "metadata.annotations"),
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

  private static final Map<String, String> OF_STREAM_ROUTES =
      Map.of(
          "metadata.labels", "metadata.labels",
          "metadata.annotations", "metadata.annotations",
          "spec.hostnames", "hostnames",
          "spec.hostnames[]", "hostnames[]",
          "spec.rules", "route",
          "spec.rules[].backendRefs", "route.backends");

  private AppsPlan() {}

  /**
   * The routes of all applications. Of Deployments and Services, each value is right by itself
   * already: there is nothing in them that this program does not name.
   *
   * @param parents what each application's route attaches to
   */
  public static List<Planned> routes(
      Map<DnsLabel, AppConfig> config, Map<DnsLabel, List<Parent>> parents) {
    return config.entrySet().parallelStream()
        .map(
            app ->
                route(app.getKey(), app.getValue(), parents.getOrDefault(app.getKey(), List.of())))
        .toList();
  }

  private static Planned route(DnsLabel app, AppConfig its, List<Parent> parents) {
    var fields = new HashMap<>(its.routed().seesRequests() ? OF_ROUTES : OF_STREAM_ROUTES);
    fields.put("spec.parentRefs", its.gateway().isPresent() ? "gateway" : "gateways");
    return new Planned("starbase:apps." + app, Route.manifest(app, its, parents), fields);
  }
}
