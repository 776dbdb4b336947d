package starbase.stack.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import starbase.dns.DnsConfig;
import starbase.findings.Finding;
import starbase.net.DnsLabel;

/** The Gateways that starbase:dns names are in the plan. */
final class DnsRules {
  private DnsRules() {}

  static List<Finding> check(LabView plan) {
    return plan.draft()
        .dns()
        .filter(dns -> plan.draft().gateways().isPresent() && plan.intact("starbase:gateways"))
        .map(dns -> check(dns, plan.gateways().keySet()))
        .orElse(List.of());
  }

  private static List<Finding> check(DnsConfig dns, Collection<DnsLabel> gateways) {
    var findings = new ArrayList<Finding>();
    for (int i = 0; i < dns.external().size(); i++) {
      findings.addAll(unknown(gateways, dns.external().get(i), "starbase:dns.external[" + i + "]"));
    }
    dns.wildcard()
        .ifPresent(gateway -> findings.addAll(unknown(gateways, gateway, "starbase:dns.wildcard")));
    return findings;
  }

  private static List<Finding> unknown(
      Collection<DnsLabel> gateways, DnsLabel gateway, String key) {
    if (gateways.contains(gateway)) {
      return List.of();
    }
    return List.of(
        Finding.error(key, "is not a Gateway of this lab")
            .given(gateway)
            .allowed(gateway.text(), gateways.stream().map(DnsLabel::text).sorted().toList()));
  }
}
