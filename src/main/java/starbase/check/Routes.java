package starbase.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import starbase.apps.AppConfig;
import starbase.config.Finding;
import starbase.gateways.GatewayConfig;
import starbase.gateways.ListenerConfig;
import starbase.net.DnsLabel;
import starbase.net.Hostname;

/** Every route attaches to a listener that takes its hostnames, with a certificate for them. */
final class Routes {
  private Routes() {}

  static List<Finding> check(Plan plan) {
    var findings = new ArrayList<Finding>();
    var taken = new HashMap<Map.Entry<DnsLabel, Hostname>, String>();
    plan.apps()
        .forEach(
            (name, app) -> {
              var key = "starbase:apps." + name;
              findings.addAll(attachment(plan, app, key));
              for (int i = 0; i < app.hostnames().size(); i++) {
                var hostname = app.hostnames().get(i);
                var at = key + ".hostnames[" + i + "]";
                var before = taken.putIfAbsent(Map.entry(app.gateway(), hostname), at);
                if (before != null) {
                  findings.add(
                      Finding.error(
                              at, "is routed by %s already, at the same Gateway".formatted(before))
                          .given(hostname)
                          .allowed("a hostname of its own"));
                }
              }
            });
    return findings;
  }

  private static List<Finding> attachment(Plan plan, AppConfig app, String key) {
    var gateway = plan.gateways().get(app.gateway());
    var gatewayKey = "starbase:gateways." + app.gateway();
    if (gateway == null) {
      return plan.draft().gateways().isPresent() && plan.intact(gatewayKey)
          ? List.of(
              Finding.error(key + ".gateway", "is no Gateway of this lab")
                  .given(app.gateway())
                  .allowed(app.gateway().text(), Names.sorted(plan.gateways().keySet())))
          : List.of();
    }
    if (!plan.intact(gatewayKey + ".listeners")) {
      return List.of();
    }
    var wanted = app.routed().listener();
    var listener = listener(gateway, wanted);
    if (listener.isEmpty()) {
      return List.of(
          Finding.error(
                  key + ".gateway",
                  "has no listener called %s, which routes attach to".formatted(wanted))
              .given(app.gateway())
              .allowed("a Gateway that has one"));
    }
    var findings = new ArrayList<Finding>();
    plan.labels(app.namespace())
        .filter(labels -> !listener.get().allows().allow(labels))
        .ifPresent(
            labels ->
                findings.add(
                    Finding.error(
                            key + ".namespace",
                            "has not the labels that listener %s of %s asks for"
                                .formatted(wanted, app.gateway()))
                        .given(app.namespace())
                        .allowed(
                            "the listener's labels in starbase:namespaces.%s.labels"
                                .formatted(app.namespace()))));
    for (int i = 0; i < app.hostnames().size(); i++) {
      findings.addAll(
          hostname(
              plan, app, listener.get(), app.hostnames().get(i), key + ".hostnames[" + i + "]"));
    }
    return findings;
  }

  private static List<Finding> hostname(
      Plan plan, AppConfig app, ListenerConfig listener, Hostname hostname, String key) {
    var common = Hostnames.intersection(listener.hostname(), hostname);
    if (common.isEmpty()) {
      return List.of(
          Finding.error(
                  key,
                  "is not what listener %s of %s takes, %s"
                      .formatted(listener.name(), app.gateway(), listener.hostname()))
              .given(hostname)
              .allowed(
                  elsewhere(plan, listener.name(), hostname).orElse("a hostname that it takes")));
    }
    return listener
        .certificate()
        .flatMap(name -> Optional.ofNullable(plan.certificates().get(name)))
        // Else the certificate is the listener's mistake, and said there.
        .filter(certificate -> Certificates.covers(certificate, listener.hostname()))
        .filter(certificate -> !Certificates.covers(certificate, common.get()))
        .map(
            certificate ->
                Finding.error(
                        key,
                        "is not covered by the listener's certificate %s, which is for %s"
                            .formatted(
                                listener.certificate().map(DnsLabel::text).orElse(""),
                                Certificates.names(certificate)))
                    .given(hostname)
                    .allowed(
                        "a hostname that it is for; a wildcard stands for one label, never for two"))
        .map(List::of)
        .orElse(List.of());
  }

  private static Optional<String> elsewhere(Plan plan, DnsLabel listener, Hostname hostname) {
    return plan.gateways().entrySet().stream()
        .filter(
            gateway ->
                listener(gateway.getValue(), listener)
                    .flatMap(its -> Hostnames.intersection(its.hostname(), hostname))
                    .isPresent())
        .map(gateway -> "gateway: %s, which takes it".formatted(gateway.getKey()))
        .findFirst();
  }

  private static Optional<ListenerConfig> listener(GatewayConfig gateway, DnsLabel name) {
    return gateway.listeners().stream()
        .filter(listener -> listener.name().equals(name))
        .findFirst();
  }
}
