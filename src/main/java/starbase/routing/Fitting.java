package starbase.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import starbase.apps.AppConfig;
import starbase.apps.RouteConfig;
import starbase.gateways.GatewayConfig;
import starbase.gateways.ListenerConfig;
import starbase.gateways.Protocol;
import starbase.net.Hostname;

/** Which of a Gateway's listeners fit an application that names none. */
public final class Fitting {
  private Fitting() {}

  /** What a listener may speak for a route of that kind to attach to it. */
  public static Set<Protocol> protocols(RouteConfig route) {
    if (route instanceof RouteConfig.Tls) {
      return EnumSet.of(Protocol.TLS);
    }
    return route instanceof RouteConfig.Tcp
        ? EnumSet.of(Protocol.TCP)
        : EnumSet.of(Protocol.HTTPS, Protocol.HTTP);
  }

  /** Whether a route of that kind can attach to the listener at all. */
  public static boolean canServe(RouteConfig route, ListenerConfig listener) {
    return protocols(route).contains(listener.speaks());
  }

  /**
   * The listeners of a Gateway that an application attaches to if it names none. Plain HTTP is not
   * among them: an application asks for it by name.
   */
  public static List<ListenerConfig> candidates(RouteConfig route, GatewayConfig gateway) {
    return gateway.listeners().stream()
        .filter(its -> canServe(route, its) && its.speaks() != Protocol.HTTP)
        .toList();
  }

  /**
   * The listeners, each with those of the application's hostnames that are served there: at each
   * port, a hostname goes to the listener with the most specific hostname that takes it, as
   * requests do. A wildcard that no listener takes as a whole goes to all that take some of it. TCP
   * knows no hostnames.
   */
  static Map<ListenerConfig, List<Hostname>> of(AppConfig app, GatewayConfig gateway) {
    var candidates = candidates(app.routed(), gateway);
    var found = new LinkedHashMap<ListenerConfig, List<Hostname>>();
    if (app.routed() instanceof RouteConfig.Tcp) {
      candidates.forEach(its -> found.put(its, app.hostnames()));
      return found;
    }
    Collection<List<ListenerConfig>> ports =
        candidates.stream()
            .collect(
                Collectors.groupingBy(
                    ListenerConfig::port, LinkedHashMap::new, Collectors.toList()))
            .values();
    // In the order of the Gateway's listeners, not of the hostnames.
    candidates.forEach(its -> found.put(its, new ArrayList<>()));
    for (var hostname : app.hostnames()) {
      for (var port : ports) {
        of(hostname, port)
            .forEach(its -> found.computeIfAbsent(its, any -> new ArrayList<>()).add(hostname));
      }
    }
    found.values().removeIf(List::isEmpty);
    return found;
  }

  private static List<ListenerConfig> of(Hostname hostname, List<ListenerConfig> port) {
    return port.stream()
        .filter(its -> its.takes(hostname))
        .max(Comparator.comparingInt(ListenerConfig::specificity))
        .map(List::of)
        .orElseGet(() -> port.stream().filter(its -> its.common(hostname).isPresent()).toList());
  }

  /** Those of an application's hostnames that a listener takes, at least in part. */
  static List<Hostname> taken(AppConfig app, ListenerConfig listener) {
    return app.hostnames().stream().filter(its -> listener.common(its).isPresent()).toList();
  }
}
