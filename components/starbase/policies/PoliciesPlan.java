package starbase.policies;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import starbase.kubernetes.Manifest;
import starbase.kubernetes.Planned;
import starbase.kubernetes.RouteBackend;
import starbase.kubernetes.WaitFor;
import starbase.net.DnsLabel;
import starbase.net.Port;

/** What the layer creates, computed from its configuration and from where routes lead. */
public final class PoliciesPlan {
  private static final String PODS = "k8s:app.kubernetes.io/name";

  private PoliciesPlan() {}

  /**
   * The objects of all production namespaces.
   *
   * @param routed where the lab's routes lead
   */
  public static List<Planned> objects(
      Map<DnsLabel, ProductionConfig> production, List<RouteBackend> routed) {
    var objects = new ArrayList<Planned>();
    if (!production.isEmpty()) {
      objects.add(new Planned("starbase:policies.production", gateways(), Map.of()));
    }
    production.forEach(
        (namespace, its) -> {
          var key = "starbase:policies.production." + namespace;
          allows(namespace, its, routed)
              .forEach(allow -> objects.add(new Planned(key, allow, Map.of())));
          objects.add(new Planned(key, deny(namespace), Map.of()));
        });
    return objects;
  }

  /**
   * What the Gateways themselves may do. Envoy talks to pods as the identity {@code
   * reserved:ingress}, which policies of the whole cluster select too: without this one, the first
   * that denies would cut all Gateways off.
   */
  static Manifest gateways() {
    return allowing(
        "CiliumClusterwideNetworkPolicy",
        Map.of("name", "starbase-gateways"),
        Map.of(
            "endpointSelector",
                Map.of(
                    "matchExpressions",
                    List.of(Map.of("key", "reserved:ingress", "operator", "Exists"))),
            "ingress", List.of(Map.of("fromEntities", List.of("world", "cluster"))),
            "egress", List.of(Map.of("toEntities", List.of("cluster")))));
  }

  /** All that is allowed in a namespace. */
  static List<Manifest> allows(
      DnsLabel namespace, ProductionConfig config, List<RouteBackend> routed) {
    var reached = reached(namespace, config, routed);
    var direct =
        routed.stream()
            .filter(backend -> backend.direct() && backend.namespace().equals(namespace))
            .toList();
    var apps = config.apps().orElse(Map.of());
    var pods = new TreeMap<String, DnsLabel>();
    Stream.concat(reached.keySet().stream(), apps.keySet().stream())
        .forEach(each -> pods.put(each.text(), each));
    var allows = new ArrayList<Manifest>();
    allows.add(dns(namespace));
    for (var each : pods.values()) {
      var its = apps.getOrDefault(each, AllowConfig.NOTHING);
      var ports = reached.getOrDefault(each, Set.of());
      allow(namespace, each, its, ports, port -> comeTo(direct, each, its, port))
          .ifPresent(allows::add);
    }
    return allows;
  }

  /** Denies all that no other policy of the namespace allows. */
  static Manifest deny(DnsLabel namespace) {
    return policy(
        "CiliumNetworkPolicy",
        Map.of("name", "default-deny", "namespace", namespace.text()),
        Map.of(
            "endpointSelector", Map.of(),
            "ingress", List.of(Map.of()),
            "egress", List.of(Map.of())));
  }

  /** By what pods are called, the ports that routes lead to. */
  private static Map<DnsLabel, Set<Port>> reached(
      DnsLabel namespace, ProductionConfig config, List<RouteBackend> routed) {
    var reached = new LinkedHashMap<DnsLabel, Set<Port>>();
    for (var backend : routed) {
      if (backend.namespace().equals(namespace) && backend.pods().isPresent()) {
        reached
            .computeIfAbsent(backend.pods().get(), any -> new LinkedHashSet<>())
            .add(backend.port());
      }
    }
    config
        .apps()
        .orElse(Map.of())
        .forEach(
            (pods, its) ->
                its.backends()
                    .orElse(List.of())
                    .forEach(
                        backend ->
                            reached
                                .computeIfAbsent(pods, any -> new LinkedHashSet<>())
                                .add(backend.port())));
    return reached;
  }

  /**
   * The sources allowed to a port that a route leads to: Envoy, or the clients themselves where
   * Envoy is bypassed. Cilium sees some clients as the node where their packets arrived.
   */
  private static List<String> comeTo(
      List<RouteBackend> direct, DnsLabel pods, AllowConfig its, Port port) {
    boolean told =
        direct.stream()
            .anyMatch(
                backend ->
                    backend.pods().isPresent()
                        ? backend.pods().get().equals(pods) && backend.port().equals(port)
                        : its.backends().orElse(List.of()).stream()
                            .anyMatch(
                                foreign ->
                                    foreign.service().equals(backend.service())
                                        && foreign.port().equals(port)));
    return told ? List.of("ingress", "world", "cluster") : List.of("ingress");
  }

  private static Manifest dns(DnsLabel namespace) {
    var servers =
        Map.of(
            "matchLabels",
            Map.of("k8s:io.kubernetes.pod.namespace", "kube-system", "k8s:k8s-app", "kube-dns"));
    var questions =
        Map.of(
            "ports",
            List.of(Map.of("port", "53", "protocol", "ANY")),
            "rules",
            Map.of("dns", List.of(Map.of("matchPattern", "*"))));
    return allowing(
        "CiliumNetworkPolicy",
        Map.of("name", "allow-dns", "namespace", namespace.text()),
        Map.of(
            "endpointSelector", Map.of(),
            "egress",
                List.of(Map.of("toEndpoints", List.of(servers), "toPorts", List.of(questions)))));
  }

  private static Optional<Manifest> allow(
      DnsLabel namespace,
      DnsLabel pods,
      AllowConfig its,
      Set<Port> routed,
      Function<Port, List<String>> comeTo) {
    var ingress = new ArrayList<Map<String, Object>>();
    for (var port : routed) {
      ingress.add(
          Map.of("fromEntities", comeTo.apply(port), "toPorts", List.of(port(port, its.http()))));
    }
    for (var peer : its.from().orElse(List.of())) {
      var seen = routed.contains(peer.port()) ? its.http() : Optional.<List<HttpAllow>>empty();
      ingress.add(rule("from", peer, port(peer.port(), seen)));
    }
    var egress =
        its.to().orElse(List.of()).stream()
            .map(peer -> rule("to", peer, port(peer.port(), Optional.empty())))
            .toList();
    if (ingress.isEmpty() && egress.isEmpty()) {
      return Optional.empty();
    }
    var spec = new LinkedHashMap<String, Object>();
    spec.put("endpointSelector", Map.of("matchLabels", Map.of(PODS, pods.text())));
    if (!ingress.isEmpty()) {
      spec.put("ingress", ingress);
    }
    if (!egress.isEmpty()) {
      spec.put("egress", egress);
    }
    return Optional.of(
        allowing(
            "CiliumNetworkPolicy",
            Map.of("name", "allow-" + pods, "namespace", namespace.text()),
            spec));
  }

  private static Map<String, Object> rule(
      String direction, PeerConfig peer, Map<String, Object> port) {
    return Map.of(direction + peer.who().getKey(), peer.who().getValue(), "toPorts", List.of(port));
  }

  private static Map<String, Object> port(Port port, Optional<List<HttpAllow>> http) {
    var ports = List.of(Map.of("port", port.toString(), "protocol", "TCP"));
    return http.<Map<String, Object>>map(
            requests ->
                Map.of(
                    "ports",
                    ports,
                    "rules",
                    Map.of("http", requests.stream().map(HttpAllow::rule).toList())))
        .orElseGet(() -> Map.of("ports", ports));
  }

  /**
   * A policy that only allows. By itself one that allows something denies the rest to the pods that
   * it selects; then the first of several would cut off what the second allows.
   */
  private static Manifest allowing(
      String kind, Map<String, Object> metadata, Map<String, Object> spec) {
    var allowing = new LinkedHashMap<>(spec);
    allowing.put("enableDefaultDeny", Map.of("ingress", false, "egress", false));
    return policy(kind, metadata, allowing);
  }

  /** A policy; ready when the operator has found it valid. */
  private static Manifest policy(
      String kind, Map<String, Object> metadata, Map<String, Object> spec) {
    return new Manifest(
            Map.of("apiVersion", "cilium.io/v2", "kind", kind, "metadata", metadata, "spec", spec))
        .readyWhen(WaitFor.condition("Valid"));
  }
}
