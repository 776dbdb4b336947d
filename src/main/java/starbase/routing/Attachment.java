package starbase.routing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import starbase.apps.AppConfig;
import starbase.apps.Parent;
import starbase.apps.ParentConfig;
import starbase.gateways.GatewayConfig;
import starbase.gateways.ListenerConfig;
import starbase.net.DnsLabel;
import starbase.net.Hostname;

/**
 * A listener that an application attaches to.
 *
 * @param gateway the Gateway's name
 * @param config the Gateway
 * @param listener one of its listeners
 * @param hostnames those of the application's that the listener takes; perhaps none if the
 *     application names the listener
 */
public record Attachment(
    DnsLabel gateway, GatewayConfig config, ListenerConfig listener, List<Hostname> hostnames) {

  /** All attachments of an application. Gateways and listeners that don't exist are left out. */
  public static List<Attachment> of(AppConfig app, Map<DnsLabel, GatewayConfig> gateways) {
    return app.reachedBy().entrySet().stream()
        .flatMap(
            its ->
                Optional.ofNullable(gateways.get(its.getKey())).stream()
                    .flatMap(gateway -> at(app, its.getKey(), its.getValue(), gateway)))
        .toList();
  }

  /** What the route of each application attaches to. */
  public static Map<DnsLabel, List<Parent>> parents(
      Map<DnsLabel, AppConfig> apps, Map<DnsLabel, GatewayConfig> gateways) {
    var parents = new LinkedHashMap<DnsLabel, List<Parent>>();
    apps.forEach(
        (name, app) ->
            parents.put(
                name, of(app, gateways).stream().map(its -> its.parent(app)).distinct().toList()));
    return parents;
  }

  /** The scheme of a URL for it. */
  public String scheme() {
    return switch (listener.speaks()) {
      case HTTP -> "http";
      case HTTPS, TLS -> "https";
      case TCP -> "tcp";
    };
  }

  /** The URL of a hostname at this listener. The port is left out where the scheme implies it. */
  public String url(Hostname hostname, String path) {
    return url(config, listener, scheme(), hostname, path);
  }

  /** The URL of a hostname at a listener. */
  public static String url(
      GatewayConfig gateway,
      ListenerConfig listener,
      String scheme,
      Hostname hostname,
      String path) {
    int port = gateway.clientPort(listener).number();
    boolean implied = scheme.equals("https") && port == 443 || scheme.equals("http") && port == 80;
    return "%s://%s%s%s".formatted(scheme, hostname, implied ? "" : ":" + port, path);
  }

  private Parent parent(AppConfig app) {
    var whole = Optional.ofNullable(app.reachedBy().get(gateway)).map(ParentConfig::whole);
    return new Parent(
        gateway,
        config.namespace(),
        whole.orElse(false) ? Optional.empty() : Optional.of(listener.name()));
  }

  private static Stream<Attachment> at(
      AppConfig app, DnsLabel name, ParentConfig wanted, GatewayConfig gateway) {
    var all = gateway.listeners().stream().filter(its -> Fitting.canServe(app.routed(), its));
    if (wanted.listeners().isPresent()) {
      var names = wanted.listeners().get();
      return all.filter(its -> names.contains(its.name()))
          .map(its -> new Attachment(name, gateway, its, Fitting.taken(app, its)));
    }
    if (wanted.whole()) {
      return all.map(its -> new Attachment(name, gateway, its, Fitting.taken(app, its)))
          .filter(its -> !its.hostnames().isEmpty() || app.hostnames().isEmpty());
    }
    return Fitting.of(app, gateway).entrySet().stream()
        .map(its -> new Attachment(name, gateway, its.getKey(), its.getValue()));
  }
}
