package starbase.check;

import java.util.List;
import starbase.config.Finding;
import starbase.dns.DnsPlan;

/** The Gateways whose names are handed out are there. */
final class Dns {
  private Dns() {}

  static List<Finding> check(Plan plan) {
    return plan.draft()
        .dns()
        .filter(dns -> plan.draft().gateways().isPresent() && plan.intact("starbase:gateways"))
        .map(dns -> DnsPlan.findings(dns, plan.gateways().keySet()))
        .orElse(List.of());
  }
}
