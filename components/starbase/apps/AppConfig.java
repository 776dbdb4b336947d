package starbase.apps;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import starbase.kubernetes.MetadataConfig;
import starbase.net.DnsLabel;
import starbase.net.Hostname;
import starbase.rules.Rules;

/**
 * One application.
 *
 * @param namespace the namespace of its objects
 * @param gateway the Gateway that serves it
 * @param listeners the names of the listeners of that Gateway to attach to; default: those that
 *     match its hostnames
 * @param gateways several Gateways by name in place of gateway, each with the listeners to attach
 *     to
 * @param hostnames the names at which clients reach it
 * @param service the Service behind its route
 * @param workload the program behind the Service; if left out, another tool deploys it
 * @param variants other versions by name, each with a Service of its own
 * @param route the rules for its requests; default: all requests go to the Service
 * @param metadata labels and annotations of its route
 */
public record AppConfig(
    DnsLabel namespace,
    Optional<DnsLabel> gateway,
    Optional<List<DnsLabel>> listeners,
    Optional<Map<DnsLabel, ParentConfig>> gateways,
    List<Hostname> hostnames,
    ServiceConfig service,
    Optional<WorkloadConfig> workload,
    Optional<Map<DnsLabel, VariantConfig>> variants,
    Optional<RouteConfig> route,
    Optional<MetadataConfig> metadata) {
  private static final int LONGEST = 63;

  /**
   * @throws IllegalArgumentException if there are no hostnames or one stands twice, it names no
   *     Gateway or both gateway and gateways, or a variant has an address of its own
   */
  public AppConfig {
    var rules =
        new Rules()
            .require(
                !hostnames.isEmpty() || route.orElse(null) instanceof RouteConfig.Tcp,
                "hostnames",
                "is empty",
                "at least one hostname");
    for (int i = 0; i < hostnames.size(); i++) {
      rules.require(
          hostnames.indexOf(hostnames.get(i)) == i,
          "hostnames[" + i + "]",
          "is listed twice",
          "each hostname once");
    }
    rules
        .require(
            gateway.isPresent() || gateways.isPresent(),
            "gateway",
            "is missing",
            "the name of a Gateway; for several, gateways: in its place")
        .require(
            gateway.isEmpty() || gateways.isEmpty(),
            "gateways",
            "can't be combined with gateway",
            "one of the two")
        .require(
            gateways.map(its -> !its.isEmpty()).orElse(true),
            "gateways",
            "is empty",
            "at least one Gateway, such as gateway-internal: {}")
        .require(
            listeners.isEmpty() || gateways.isEmpty(),
            "listeners",
            "can't be combined with gateways",
            "listeners below an entry of gateways");
    ParentConfig.check(rules, listeners);
    variants
        .orElse(Map.of())
        .forEach(
            (variant, its) ->
                rules.require(
                    its.service().address().isEmpty(),
                    "variants." + variant + ".service.address",
                    "is not allowed for a variant",
                    "no address: requests reach a variant by the route"));
    rules.enforce();
  }

  /** How requests find their way. */
  public RouteConfig routed() {
    return route.orElse(RouteConfig.Http.SIMPLE);
  }

  /** The Gateways that it is reached by, each with the listeners that the route attaches to. */
  public Map<DnsLabel, ParentConfig> reachedBy() {
    return gateways.orElseGet(
        () ->
            Map.of(
                gateway.orElseThrow(),
                listeners.isPresent()
                    ? new ParentConfig(listeners, Optional.empty())
                    : ParentConfig.FITTING));
  }

  /** Where the route leads, each once. */
  public List<BackendConfig> backends() {
    return routed().backends(service).distinct().toList();
  }

  /**
   * The Services that this application makes with their workloads, by what their pods are called:
   * the application's own first. A variant whose pods would have too long a name is left out; the
   * plan's check reports it.
   */
  public Map<DnsLabel, VariantConfig> made(DnsLabel app) {
    var made = new LinkedHashMap<DnsLabel, VariantConfig>();
    workload.ifPresent(its -> made.put(app, new VariantConfig(service, its)));
    variants
        .orElse(Map.of())
        .forEach(
            (variant, its) -> {
              var pods = app + "-" + variant;
              if (pods.length() <= LONGEST) {
                made.put(new DnsLabel(pods), its);
              }
            });
    return made;
  }
}
