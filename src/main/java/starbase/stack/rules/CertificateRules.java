package starbase.stack.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import starbase.certs.AcmeDns01;
import starbase.certs.CertificateConfig;
import starbase.certs.CertsConfig;
import starbase.findings.Finding;
import starbase.gateways.GatewayConfig;
import starbase.gateways.ListenerConfig;
import starbase.net.DnsLabel;
import starbase.net.Hostname;

/** Every listener finds its certificate, and the certificate is for what the listener takes. */
final class CertificateRules {
  private static final String KEY = "starbase:certs.certificates";

  private CertificateRules() {}

  static List<Finding> check(LabView plan) {
    var findings = new ArrayList<Finding>();
    var used = new HashSet<DnsLabel>();
    plan.gateways()
        .forEach(
            (name, gateway) -> {
              for (int i = 0; i < gateway.listeners().size(); i++) {
                var listener = gateway.listeners().get(i);
                var key = "starbase:gateways.%s.listeners[%d].certificate".formatted(name, i);
                listener.certificate().ifPresent(used::add);
                findings.addAll(listener(plan, gateway, listener, key));
              }
            });
    plan.certificates().forEach((name, its) -> findings.addAll(own(plan, name, its, used)));
    plan.draft()
        .certs()
        .map(CertsConfig::issuer)
        .filter(AcmeDns01.class::isInstance)
        .ifPresent(
            acme ->
                plan.certificates().forEach((name, its) -> findings.addAll(foreign(name, its))));
    return findings;
  }

  /** The proof of a name goes into its zone, and into this one nobody else can write. */
  private static List<Finding> foreign(DnsLabel name, CertificateConfig its) {
    return its.dnsNames().stream()
        .filter(each -> each.text().endsWith(".nip.io"))
        .map(
            each ->
                Finding.error(
                        KEY + "." + name + ".dnsNames",
                        "can't be proven by DNS-01: its zone is not yours")
                    .given(each)
                    .allowed("names in a zone of your own, which starbase:suffix can set"))
        .toList();
  }

  private static List<Finding> listener(
      LabView plan, GatewayConfig gateway, ListenerConfig listener, String key) {
    var findings = new ArrayList<Finding>();
    listener
        .certificate()
        .filter(name -> plan.draft().certs().isPresent())
        .ifPresent(
            name -> {
              var certificate = plan.certificates().get(name);
              if (certificate == null) {
                if (plan.intact(KEY)) {
                  findings.add(
                      Finding.error(key, "is not defined in " + KEY)
                          .given(name)
                          .allowed(name.text(), Names.sorted(plan.certificates().keySet())));
                }
                return;
              }
              if (listener.hostname().map(its -> !covers(certificate, its)).orElse(false)
                  && plan.intact(KEY + "." + name)) {
                findings.add(
                    Finding.error(
                            key,
                            "does not cover the listener's hostname %s: it is for %s"
                                .formatted(listener.taken(), names(certificate)))
                        .given(name)
                        .allowed(
                            "a certificate for %s; a wildcard covers exactly one label"
                                .formatted(listener.taken())));
              }
            });
    plan.draft()
        .certs()
        .filter(certs -> listener.certificate().isPresent())
        .map(certs -> certs.issuer().namespace())
        .filter(namespace -> !namespace.equals(gateway.namespace()))
        .ifPresent(
            namespace ->
                findings.add(
                    Finding.error(
                            key,
                            "is in namespace \"%s\" (starbase:certs.issuer.namespace), but its Gateway is in \"%s\""
                                .formatted(namespace, gateway.namespace()))
                        .given(listener.certificate().map(DnsLabel::text).orElse(""))
                        .allowed("the same namespace for both")));
    return findings;
  }

  private static List<Finding> own(
      LabView plan, DnsLabel name, CertificateConfig its, Set<DnsLabel> used) {
    var findings = new ArrayList<Finding>();
    if (its.dnsNames().stream().noneMatch(dnsName -> covers(dnsName, its.commonName()))
        && plan.intact(KEY + "." + name)) {
      findings.add(
          Finding.warning(
                  KEY + "." + name + ".commonName",
                  "is not in dnsNames, and clients check only those")
              .given(its.commonName())
              .allowed(names(its)));
    }
    // Who uses a certificate that there is not may mean this one.
    boolean allFound = plan.certificates().keySet().containsAll(used);
    if (!used.contains(name) && allFound && plan.intact("starbase:gateways")) {
      findings.add(
          Finding.warning(KEY + "." + name, "is not used by any listener")
              .allowed("its name as certificate: of a listener in starbase:gateways"));
    }
    return findings;
  }

  /** Whether one of a certificate's hostnames is good for that one. */
  static boolean covers(CertificateConfig certificate, Hostname name) {
    return certificate.dnsNames().stream().anyMatch(its -> covers(its, name));
  }

  private static boolean covers(Hostname certificate, Hostname name) {
    return Hostnames.covers(certificate, name);
  }

  static String names(CertificateConfig certificate) {
    return String.join(", ", certificate.dnsNames().stream().map(Hostname::text).toList());
  }
}
