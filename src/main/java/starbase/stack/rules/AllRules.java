package starbase.stack.rules;

import java.util.ArrayList;
import java.util.List;
import starbase.findings.Finding;

/** What is wrong with a lab although each of its values is right. */
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

  /** All findings, by subject; none if the plan may be carried out as it is. */
  public static List<Finding> findings(LabView plan) {
    var findings =
        new ArrayList<>(RULES.parallelStream().flatMap(rule -> rule.check(plan).stream()).toList());
    // What is wrong already would be said once more, in the words of the object that it makes.
    findings.addAll(ObjectRules.check(plan.without(findings)));
    return findings;
  }
}
