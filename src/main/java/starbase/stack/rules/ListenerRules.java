package starbase.stack.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import starbase.findings.Finding;
import starbase.gateways.GatewayConfig;
import starbase.gateways.ListenerConfig;
import starbase.gateways.Protocol;
import starbase.net.DnsLabel;
import starbase.routing.Attachment;

/** A Gateway's listeners can be told apart, and what they redirect to is there. */
final class ListenerRules {
  /** Where a redirect to https leads that names no port. */
  private static final int HTTPS_PORT = 443;

  private static final DnsLabel HTTPS = new DnsLabel("https");
  private static final DnsLabel TLS = new DnsLabel("tls");

  private ListenerRules() {}

  static List<Finding> check(LabView plan) {
    var findings = new ArrayList<Finding>();
    var inUse = new HashSet<DnsLabel>();
    var plainInUse = new HashSet<DnsLabel>();
    for (var app : plan.apps().values()) {
      inUse.addAll(app.reachedBy().keySet());
      Attachment.of(app, plan.gateways()).stream()
          .filter(its -> isPlain(its.listener()))
          .forEach(its -> plainInUse.add(its.gateway()));
    }
    // An application that names an unknown Gateway may mean any of those that are not in use.
    boolean allFound = plan.gateways().keySet().containsAll(inUse) && plan.intact("starbase:apps");
    plan.gateways()
        .forEach(
            (name, gateway) -> {
              var key = "starbase:gateways." + name;
              findings.addAll(each(key, gateway));
              if (!plan.intact(key)) {
                return;
              }
              findings.addAll(together(plan, gateway, key, plainInUse.contains(name)));
              if (allFound && !inUse.contains(name)) {
                findings.add(
                    Finding.warning(key, "is not used by any application")
                        .allowed("an application in starbase:apps that names it"));
              }
            });
    return findings;
  }

  /** Whether it is named after a protocol that it does not speak: an error of its own. */
  static boolean contradictsItsName(ListenerConfig listener) {
    return isHttpsInNameOnly(listener) || isTlsInNameOnly(listener);
  }

  private static boolean isHttpsInNameOnly(ListenerConfig listener) {
    return listener.name().equals(HTTPS) && listener.certificate().isEmpty();
  }

  private static boolean isTlsInNameOnly(ListenerConfig listener) {
    return listener.name().equals(TLS) && listener.speaks() != Protocol.TLS;
  }

  private static List<Finding> each(String gatewayKey, GatewayConfig gateway) {
    var findings = new ArrayList<Finding>();
    var listeners = gateway.listeners();
    for (int i = 0; i < listeners.size(); i++) {
      var listener = listeners.get(i);
      var key = gatewayKey + ".listeners[" + i + "]";
      if (listener.tlsOptions().isPresent()) {
        // Source: cilium v1.20.2: nothing in operator/pkg reads tls.options.
        findings.add(
            Finding.warning(key + ".tlsOptions", "are ignored by Cilium")
                .allowed(
                    "no tlsOptions; for HTTP/2 by ALPN, starbase:cilium.values.gatewayAPI.enableAlpn, which is true by default"));
      }
      if (isHttpsInNameOnly(listener)) {
        findings.add(
            Finding.error(
                    key,
                    "is named https but has no certificate, so its protocol is "
                        + listener.speaks())
                .allowed("certificate: with a name of starbase:certs.certificates"));
      }
      if (isTlsInNameOnly(listener)) {
        findings.add(
            Finding.error(key, "is named tls, but its protocol is " + listener.speaks())
                .allowed("protocol: TLS and no certificate, or another name"));
      }
      for (var before : listeners.subList(0, i)) {
        if (!listener.port().equals(before.port())) {
          continue;
        }
        if (listener.speaks() == Protocol.TCP || before.speaks() == Protocol.TCP) {
          findings.add(
              Finding.error(
                      key + ".port",
                      "is already used by listener \"%s\", and a listener with protocol TCP can't share its port"
                          .formatted(before.name()))
                  .given(listener.port().number())
                  .allowed("a port of its own"));
        } else if (isPlain(listener) != isPlain(before)) {
          findings.add(
              Finding.error(
                      key + ".port",
                      "is already used by listener \"%s\", and protocols HTTP and %s can't share a port"
                          .formatted(
                              before.name(),
                              isPlain(listener) ? before.speaks() : listener.speaks()))
                  .given(listener.port().number())
                  .allowed("a port of its own"));
        } else if (listener.hostname().equals(before.hostname())) {
          findings.add(
              Finding.error(
                      key + ".hostname",
                      "is already used by listener \"%s\" at port %s"
                          .formatted(before.name(), before.port()))
                  .given(listener.taken())
                  .allowed("a hostname or a port of its own"));
        } else if (endsAndPasses(listener, before) && haveNamesInCommon(listener, before)) {
          // Cilium takes neither listener then.
          findings.add(
              Finding.error(
                      key + ".hostname",
                      "overlaps with listener \"%s\" at port %s: one ends TLS, the other passes it through"
                          .formatted(before.name(), before.port()))
                  .given(listener.taken())
                  .allowed("hostnames that do not overlap, or a port of its own"));
        }
      }
    }
    return findings;
  }

  private static List<Finding> together(
      LabView plan, GatewayConfig gateway, String key, boolean plainInUse) {
    var findings = new ArrayList<Finding>();
    var plain = gateway.listeners().stream().anyMatch(ListenerRules::isPlain);
    boolean redirects = gateway.redirectToHttps().orElse(true);
    boolean named = gateway.listeners().stream().anyMatch(ListenerRules::isHttpsInNameOnly);
    // A listener called https without a certificate is the mistake then, and said above.
    if (plain && redirects && !named && gateway.exposed().port().isPresent()) {
      findings.add(
          Finding.error(
                  key + ".listeners",
                  "can't redirect to HTTPS: a Gateway with a node port has only one port")
              .allowed("only listeners with a certificate, or redirectToHttps: false"));
    } else if (plain
        && redirects
        && !named
        && gateway.listeners().stream().noneMatch(ListenerRules::isAtHttpsPort)) {
      findings.add(
          Finding.error(
                  key + ".listeners",
                  "can't redirect to HTTPS: no listener has a certificate and port 443")
              .allowed("a listener with a certificate and port 443, or redirectToHttps: false"));
    }
    for (int i = 0; i < gateway.listeners().size(); i++) {
      var listener = gateway.listeners().get(i);
      if (gateway.redirecting().contains(listener)
          && plan.labels(gateway.namespace())
              .map(labels -> !listener.allows().allow(labels))
              .orElse(false)) {
        findings.add(
            Finding.error(
                    key + ".listeners[" + i + "].allowedRoutes",
                    "excludes the redirect's route, which is in namespace \"%s\""
                        .formatted(gateway.namespace()))
                .allowed("labels that this namespace has, or kind: all"));
      }
    }
    if (plain && !redirects && !plainInUse) {
      findings.add(
          Finding.warning(
                  key + ".redirectToHttps",
                  "leaves the HTTP listeners without a route: they answer 404")
              .given(false)
              .allowed("true, no HTTP listener, or an application that attaches to it"));
    }
    return findings;
  }

  private static boolean haveNamesInCommon(ListenerConfig one, ListenerConfig other) {
    return other.hostname().map(its -> one.common(its).isPresent()).orElse(true);
  }

  private static boolean isPlain(ListenerConfig listener) {
    return listener.speaks() == Protocol.HTTP;
  }

  private static boolean endsAndPasses(ListenerConfig one, ListenerConfig other) {
    return (one.speaks() == Protocol.TLS) != (other.speaks() == Protocol.TLS);
  }

  private static boolean isAtHttpsPort(ListenerConfig listener) {
    return listener.certificate().isPresent() && listener.port().number() == HTTPS_PORT;
  }
}
