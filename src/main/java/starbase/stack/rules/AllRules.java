package starbase.stack.rules;

import java.util.ArrayList;
import java.util.List;
import starbase.findings.Finding;

/** The rules for a plan as a whole: each value by itself is valid already. */
public final class AllRules {
  private static final List<Rule> RULES =
      List.of(
          ClusterKindRules::check,
          AddressRules::check,
          NetworkRangeRules::check,
          PoolRules::check,
          VersionRules::check,
          ChartValueRules::check,
          MachineRules::check,
          SchedulingRules::check,
          AnnouncerRules::check,
          HostRules::check,
          MachineIdRules::check,
          PatchRules::check,
          NamespaceRules::check,
          OwnedNameRules::check,
          PodSecurityRules::check,
          ExposureRules::check,
          ListenerRules::check,
          CertificateRules::check,
          RouteRules::check,
          ServiceRules::check,
          PolicyRules::check,
          DnsRules::check);

  private AllRules() {}

  /** All findings, by subject; empty if the plan can be carried out. */
  public static List<Finding> findings(LabView plan) {
    var findings =
        new ArrayList<>(RULES.parallelStream().flatMap(rule -> rule.check(plan).stream()).toList());
    // Without the keys that have findings: their objects would report the same mistakes again.
    findings.addAll(ObjectRules.check(plan.without(findings)));
    return findings;
  }
}
