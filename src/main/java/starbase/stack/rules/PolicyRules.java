package starbase.stack.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import starbase.apps.AppConfig;
import starbase.apps.BackendConfig;
import starbase.apps.RouteBackends;
import starbase.apps.ServiceName;
import starbase.findings.Finding;
import starbase.kubernetes.RouteBackend;
import starbase.net.DnsLabel;
import starbase.policies.AllowConfig;
import starbase.policies.PeerConfig;
import starbase.policies.ProductionConfig;

/** What is denied by default is let through where the plan needs it. */
final class PolicyRules {
  private static final String KEY = "starbase:policies.production";

  private PolicyRules() {}

  static List<Finding> check(LabView plan) {
    var findings = new ArrayList<Finding>();
    plan.production()
        .forEach(
            (namespace, its) -> {
              var key = KEY + "." + namespace;
              var made = made(plan, namespace);
              var unseen = unseen(plan, namespace);
              apps(its)
                  .forEach(
                      (pods, allow) ->
                          findings.addAll(allow(plan, namespace, made, unseen, pods, allow)));
              if (NamespaceRules.isTheSystems(namespace)) {
                findings.add(
                    Finding.error(
                            key, "runs what the whole cluster needs, and policies would cut it off")
                        .allowed("namespaces of applications"));
              }
            });
    if (plan.intact("starbase:policies") && plan.intact("starbase:apps")) {
      var given = given(plan);
      RouteBackends.of(plan.apps())
          .forEach(backend -> findings.addAll(letIn(plan, given, backend)));
    }
    return findings;
  }

  /** A route into a production namespace leads to pods that policies can name. */
  private static List<Finding> letIn(LabView plan, Set<ServiceName> given, RouteBackend routed) {
    var production = plan.production().get(routed.namespace());
    boolean known =
        production == null
            || routed.pods().isPresent()
            // Else said where routes are looked at.
            || !given.contains(new ServiceName(routed.namespace(), routed.service()))
            || apps(production).values().stream()
                .flatMap(allow -> allow.backends().orElse(List.of()).stream())
                .anyMatch(backend -> backend.service().equals(routed.service()));
    return known
        ? List.of()
        : List.of(
            Finding.error(
                    "starbase:apps." + routed.app(),
                    "leads to Service \"%s\" in production namespace \"%s\", and no policy there names its pods"
                        .formatted(routed.service(), routed.namespace()))
                .allowed(
                    "%s.%s.apps.PODS.backends with the Service and its pods' port"
                        .formatted(KEY, routed.namespace())));
  }

  /** The applications' own Services. */
  private static Set<ServiceName> given(LabView plan) {
    return plan.apps().values().stream()
        .map(app -> new ServiceName(app.namespace(), app.service().name()))
        .collect(Collectors.toSet());
  }

  /** The Services of a namespace whose routes let all through without looking into it. */
  private static Set<DnsLabel> unseen(LabView plan, DnsLabel namespace) {
    return plan.apps(namespace).values().stream()
        .filter(app -> !app.routed().seesRequests())
        .flatMap(app -> app.backends().stream())
        .map(BackendConfig::service)
        .collect(Collectors.toSet());
  }

  private static List<Finding> allow(
      LabView plan,
      DnsLabel namespace,
      Map<DnsLabel, DnsLabel> made,
      Set<DnsLabel> unseen,
      DnsLabel pods,
      AllowConfig its) {
    var key = "%s.%s.apps.%s".formatted(KEY, namespace, pods);
    var findings = new ArrayList<Finding>();
    if (!made.containsKey(pods) && its.backends().isEmpty() && plan.intact("starbase:apps")) {
      findings.add(
          Finding.warning(key, "selects no pods of this lab")
              .allowed(pods.text(), Names.sorted(made.keySet())));
    }
    boolean passesTls = Optional.ofNullable(made.get(pods)).map(unseen::contains).orElse(false);
    if (its.http().isPresent() && passesTls) {
      findings.add(
          Finding.error(key + ".http", "is not supported: the route passes TLS or TCP through")
              .allowed("no http, or a route for which the Gateway ends TLS"));
    }
    for (int i = 0; i < its.to().orElse(List.of()).size(); i++) {
      if (its.to().orElse(List.of()).get(i) instanceof PeerConfig.Pods peer
          && !isLetIn(plan, namespace, pods, peer)) {
        findings.add(
            Finding.warning(
                    key + ".to[" + i + "]",
                    "is blocked there: namespace \"%s\" is also in starbase:policies.production"
                        .formatted(peer.namespace()))
                .allowed(
                    "%s.%s.apps.%s.from with these pods and port %s"
                        .formatted(KEY, peer.namespace(), peer.app(), peer.port())));
      }
    }
    return findings;
  }

  private static boolean isLetIn(
      LabView plan, DnsLabel namespace, DnsLabel pods, PeerConfig.Pods peer) {
    var there = plan.production().get(peer.namespace());
    return there == null
        || Optional.ofNullable(apps(there).get(peer.app())).stream()
            .flatMap(allow -> allow.from().orElse(List.of()).stream())
            .anyMatch(from -> from.equals(new PeerConfig.Pods(namespace, pods, peer.port())));
  }

  /** What the pods of a namespace are called, with the Services before them. */
  private static Map<DnsLabel, DnsLabel> made(LabView plan, DnsLabel namespace) {
    return plan.apps(namespace).entrySet().stream()
        .flatMap(app -> madeBy(app.getKey(), app.getValue()).entrySet().stream())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one));
  }

  private static Map<DnsLabel, DnsLabel> madeBy(DnsLabel name, AppConfig app) {
    return app.made(name).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().service().name()));
  }

  private static Map<DnsLabel, AllowConfig> apps(ProductionConfig production) {
    return production.apps().orElse(Map.of());
  }
}
