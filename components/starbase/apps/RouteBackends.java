package starbase.apps;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import starbase.kubernetes.RouteBackend;
import starbase.net.DnsLabel;
import starbase.net.Port;

/** The Services that the routes of applications lead to. */
public final class RouteBackends {
  private RouteBackends() {}

  private record Made(DnsLabel pods, Port port) {}

  /** All of them, each once. */
  public static List<RouteBackend> of(Map<DnsLabel, AppConfig> apps) {
    var made = new HashMap<ServiceName, Made>();
    apps.forEach(
        (app, its) ->
            its.made(app)
                .forEach(
                    (pods, variant) ->
                        made.putIfAbsent(
                            new ServiceName(its.namespace(), variant.service().name()),
                            new Made(pods, variant.workload().port()))));
    var all = new LinkedHashSet<RouteBackend>();
    apps.forEach(
        (app, its) -> its.backends().forEach(backend -> all.add(of(app, its, backend, made))));
    return List.copyOf(all);
  }

  private static RouteBackend of(
      DnsLabel app, AppConfig its, BackendConfig backend, Map<ServiceName, Made> made) {
    var behind = Optional.ofNullable(made.get(new ServiceName(its.namespace(), backend.service())));
    return new RouteBackend(
        app,
        its.namespace(),
        backend.service(),
        behind.map(Made::pods),
        behind.map(Made::port).orElse(backend.port()),
        its.routed() instanceof RouteConfig.Tcp);
  }
}
