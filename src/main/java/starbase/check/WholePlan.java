package starbase.check;

import java.util.ArrayList;
import java.util.List;
import starbase.config.Finding;

/** What is wrong with a lab although each of its values is right. */
public final class WholePlan {
  private static final List<Rule> RULES =
      List.of(
          Kinds::check,
          Addresses::check,
          Networks::check,
          Pool::check,
          Versions::check,
          GivenValues::check,
          Machines::check,
          Scheduling::check,
          Announcers::check,
          Hosts::check,
          MachineIds::check,
          Patches::check,
          Namespaces::check,
          OwnedNames::check,
          PodSecurity::check,
          Exposures::check,
          Listeners::check,
          Certificates::check,
          Routes::check,
          Services::check,
          Policies::check,
          Dns::check);

  private WholePlan() {}

  /** All findings, by subject; none if the plan may be carried out as it is. */
  public static List<Finding> findings(Plan plan) {
    var findings =
        new ArrayList<>(RULES.parallelStream().flatMap(rule -> rule.check(plan).stream()).toList());
    // What is wrong already would be said once more, in the words of the object that it makes.
    findings.addAll(Objects.check(plan.without(findings)));
    return findings;
  }
}
