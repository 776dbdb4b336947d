package starbase.apps;

import java.util.HashMap;
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
 * @param direct whether clients' packets get there themselves: for TCP there is no Envoy in between
 */
public record Reached(
    DnsLabel app,
    DnsLabel namespace,
    DnsLabel service,
    Optional<DnsLabel> pods,
    Port port,
    boolean direct) {
  private record Made(DnsLabel pods, Port port) {}

  /** All of them, each once. */
  public static List<Reached> of(Map<DnsLabel, AppConfig> apps) {
    var made = new HashMap<ServiceName, Made>();
    apps.forEach(
        (app, its) ->
            its.made(app)
                .forEach(
                    (pods, variant) ->
                        made.putIfAbsent(
                            new ServiceName(its.namespace(), variant.service().name()),
                            new Made(pods, variant.workload().port()))));
    var all = new LinkedHashSet<Reached>();
    apps.forEach(
        (app, its) -> its.backends().forEach(backend -> all.add(of(app, its, backend, made))));
    return List.copyOf(all);
  }

  private static Reached of(
      DnsLabel app, AppConfig its, BackendConfig backend, Map<ServiceName, Made> made) {
    var behind = Optional.ofNullable(made.get(new ServiceName(its.namespace(), backend.service())));
    return new Reached(
        app,
        its.namespace(),
        backend.service(),
        behind.map(Made::pods),
        behind.map(Made::port).orElse(backend.port()),
        its.routed() instanceof RouteConfig.Tcp);
  }
}
