package starbase.apps;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import starbase.net.DnsLabel;
import starbase.net.Port;

/**
 * A Service that a route leads to, and what is behind it.
 *
 * @param app whose route
 * @param namespace where the Service is
 * @param service its name
 * @param pods what its pods are called, by their label app.kubernetes.io/name; empty if somebody
 *     else makes them
 * @param port where the pods listen; the Service's port if somebody else makes them
 */
public record Reached(
    DnsLabel app, DnsLabel namespace, DnsLabel service, Optional<DnsLabel> pods, Port port) {
  /** All of them, each once. */
  public static List<Reached> of(Map<DnsLabel, AppConfig> apps) {
    var all = new LinkedHashSet<Reached>();
    apps.forEach(
        (app, its) ->
            its.backends().forEach(backend -> all.add(of(app, its.namespace(), backend, apps))));
    return List.copyOf(all);
  }

  private static Reached of(
      DnsLabel app, DnsLabel namespace, BackendConfig backend, Map<DnsLabel, AppConfig> apps) {
    return apps.entrySet().stream()
        .filter(other -> other.getValue().namespace().equals(namespace))
        .flatMap(other -> other.getValue().made(other.getKey()).entrySet().stream())
        .filter(made -> made.getValue().service().name().equals(backend.service()))
        .findFirst()
        .map(
            made ->
                new Reached(
                    app,
                    namespace,
                    backend.service(),
                    Optional.of(made.getKey()),
                    made.getValue().workload().port()))
        .orElseGet(
            () -> new Reached(app, namespace, backend.service(), Optional.empty(), backend.port()));
  }
}
