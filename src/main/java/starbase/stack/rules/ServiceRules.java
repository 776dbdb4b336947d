package starbase.stack.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import starbase.apps.AppConfig;
import starbase.apps.BackendConfig;
import starbase.apps.ServiceConfig;
import starbase.apps.ServiceName;
import starbase.findings.Finding;
import starbase.net.DnsLabel;
import starbase.net.Port;

/** What routes lead to is there once, at the port that they ask for. */
final class ServiceRules {
  private ServiceRules() {}

  private record Owner(String app, ServiceConfig its) {}

  /** A label's value, and so what pods are called. */
  private static final int LONGEST = 63;

  static List<Finding> check(LabView plan) {
    var findings = new ArrayList<Finding>();
    var owners = new HashMap<ServiceName, Owner>();
    plan.apps()
        .forEach(
            (name, app) -> {
              var key = "starbase:apps." + name;
              if (app.workload().isPresent()) {
                findings.addAll(own(owners, name.text(), app, app.service(), key));
              }
              app.variants()
                  .orElse(Map.of())
                  .forEach(
                      (variant, its) -> {
                        var at = key + ".variants." + variant;
                        findings.addAll(own(owners, name.text(), app, its.service(), at));
                        findings.addAll(named(plan, name + "-" + variant, at));
                      });
              findings.addAll(workload(plan, app, key));
            });
    var known = known(plan);
    plan.apps()
        .forEach(
            (name, app) ->
                findings.addAll(
                    backends(
                        plan, owners, known.getOrDefault(app.namespace(), Map.of()), name, app)));
    return findings;
  }

  private static List<Finding> own(
      Map<ServiceName, Owner> owners,
      String name,
      AppConfig app,
      ServiceConfig service,
      String key) {
    var before =
        owners.putIfAbsent(
            new ServiceName(app.namespace(), service.name()), new Owner(name, service));
    return before == null
        ? List.of()
        : List.of(
            Finding.error(
                    key + ".service.name",
                    "is already used by application \"%s\" in the same namespace"
                        .formatted(before.app()))
                .given(service.name())
                .allowed("another name, or no workload here to share that Service"));
  }

  /** Its pods are called after the application and the variant. */
  private static List<Finding> named(LabView plan, String pods, String key) {
    if (pods.length() > LONGEST) {
      return List.of(
          Finding.error(key, "is too long: its pods would be named \"%s\"".formatted(pods))
              .allowed("up to %d characters for both names and a dash".formatted(LONGEST)));
    }
    return plan.apps().containsKey(new DnsLabel(pods))
        ? List.of(
            Finding.error(key, "would get the name of application \"%s\"".formatted(pods))
                .allowed("another name"))
        : List.of();
  }

  /** Backends are Services that the plan knows, at their own ports. */
  private static List<Finding> backends(
      LabView plan,
      Map<ServiceName, Owner> owners,
      Map<DnsLabel, Port> known,
      DnsLabel name,
      AppConfig app) {
    var key = "starbase:apps." + name;
    var findings = new ArrayList<Finding>();
    var owner = owners.get(new ServiceName(app.namespace(), app.service().name()));
    if (owner != null
        && app.workload().isEmpty()
        && !owner.its().port().equals(app.service().port())) {
      findings.add(
          Finding.error(
                  key + ".service.port",
                  "is not a port of Service \"%s\" of application \"%s\""
                      .formatted(app.service().name(), owner.app()))
              .given(app.service().port().number())
              .allowed(owner.its().port().toString()));
    }
    for (var backend : app.backends()) {
      var port = known.get(backend.service());
      if (port == null && plan.intact("starbase:apps")) {
        findings.add(
            Finding.error(
                    key + ".route",
                    "is not a Service of namespace \"%s\"".formatted(app.namespace()))
                .given(backend.service())
                .allowed(backend.service().text(), Names.sorted(known.keySet())));
      } else if (port != null && !port.equals(backend.port()) && !own(app, backend)) {
        findings.add(
            Finding.error(
                    key + ".route", "is not a port of Service \"%s\"".formatted(backend.service()))
                .given(backend.port().number())
                .allowed(port.toString()));
      }
    }
    return findings;
  }

  /** Said of the application's own Service itself. */
  private static boolean own(AppConfig app, BackendConfig backend) {
    return backend.service().equals(app.service().name())
        && backend.port().equals(app.service().port());
  }

  /** The Services of each namespace with their ports. */
  private static Map<DnsLabel, Map<DnsLabel, Port>> known(LabView plan) {
    var known = new HashMap<DnsLabel, Map<DnsLabel, Port>>();
    for (var app : plan.apps().values()) {
      var here = known.computeIfAbsent(app.namespace(), namespace -> new HashMap<>());
      app.variants()
          .orElse(Map.of())
          .values()
          .forEach(its -> here.put(its.service().name(), its.service().port()));
      here.putIfAbsent(app.service().name(), app.service().port());
    }
    return known;
  }

  private static List<Finding> workload(LabView plan, AppConfig app, String key) {
    var findings = new ArrayList<Finding>();
    if (app.workload().isEmpty()
        && app.service().address().isPresent()
        && plan.intact(key + ".workload")) {
      findings.add(
          Finding.warning(
                  key + ".service.address",
                  "has no effect: without a workload, this lab does not create the Service")
              .given(app.service().address().get())
              .allowed("a workload, or no address"));
    }
    app.workload()
        .flatMap(workload -> workload.replicas())
        .filter(replicas -> replicas == 0)
        .ifPresent(
            none ->
                findings.add(
                    Finding.warning(
                            key + ".workload.replicas",
                            "leaves no pod to answer: its pages show 503")
                        .given(none)
                        .allowed("1 or more")));
    return findings;
  }
}
