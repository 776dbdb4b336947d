package starbase.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import starbase.apps.AppConfig;
import starbase.config.Finding;
import starbase.gateways.GatewayConfig;
import starbase.net.DnsLabel;

/** What routes lead to is there once, at the port that they ask for. */
final class Services {
  private Services() {}

  private record Owner(String app, AppConfig its) {}

  static List<Finding> check(Plan plan) {
    var findings = new ArrayList<Finding>();
    var owners = new HashMap<Map.Entry<DnsLabel, DnsLabel>, Owner>();
    plan.apps()
        .forEach(
            (name, app) -> {
              var key = "starbase:apps." + name;
              if (app.workload().isPresent()) {
                var before = owners.putIfAbsent(service(app), new Owner(name.text(), app));
                if (before != null) {
                  findings.add(
                      Finding.error(
                              key + ".service.name",
                              "is the Service of application \"%s\" in the same namespace"
                                  .formatted(before.app()))
                          .given(app.service().name())
                          .allowed("a name of its own, or no workload here to share that one"));
                }
              }
              findings.addAll(workload(plan, app, key));
            });
    plan.apps()
        .forEach(
            (name, app) -> {
              var owner = owners.get(service(app));
              if (owner != null
                  && app.workload().isEmpty()
                  && !owner.its().service().port().equals(app.service().port())) {
                findings.add(
                    Finding.error(
                            "starbase:apps.%s.service.port".formatted(name),
                            "is no port of Service \"%s\" of application \"%s\""
                                .formatted(app.service().name(), owner.app()))
                        .given(app.service().port().number())
                        .allowed(owner.its().service().port().toString()));
              }
            });
    plan.gateways().forEach((gateway, its) -> findings.addAll(redirects(plan, gateway, its)));
    return findings;
  }

  private static List<Finding> workload(Plan plan, AppConfig app, String key) {
    var findings = new ArrayList<Finding>();
    if (app.workload().isEmpty()
        && app.service().address().isPresent()
        && plan.intact(key + ".workload")) {
      findings.add(
          Finding.warning(
                  key + ".service.address",
                  "has no effect: without a workload the Service is somebody else's")
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
                            "leaves nobody to answer: its pages say 503")
                        .given(none)
                        .allowed("1 or more")));
    return findings;
  }

  /** The routes that redirect are in the Gateway's namespace, where an application's may be too. */
  private static List<Finding> redirects(Plan plan, DnsLabel gateway, GatewayConfig its) {
    var findings = new ArrayList<Finding>();
    for (var listener : its.listeners()) {
      var app =
          plan.apps().entrySet().stream()
              .filter(
                  each ->
                      each.getKey().text().equals(gateway + "-" + listener.name() + "-to-https"))
              .filter(each -> each.getValue().namespace().equals(its.namespace()))
              .findFirst();
      app.filter(each -> listener.certificate().isEmpty() && its.redirectToHttps().orElse(true))
          .ifPresent(
              each ->
                  findings.add(
                      Finding.error(
                              "starbase:apps." + each.getKey(),
                              "has the name of the route that redirects at Gateway \"%s\""
                                  .formatted(gateway))
                          .allowed("another name, or another namespace")));
    }
    return findings;
  }

  private static Map.Entry<DnsLabel, DnsLabel> service(AppConfig app) {
    return Map.entry(app.namespace(), app.service().name());
  }
}
