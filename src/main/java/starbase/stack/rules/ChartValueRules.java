package starbase.stack.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import starbase.findings.Finding;
import starbase.kubernetes.ChartSource;
import starbase.kubernetes.Values;
import starbase.stack.definitions.Definition;
import starbase.stack.definitions.Need;
import starbase.stack.definitions.Problem;

/**
 * The values that a stack file gives to a chart are the chart's, and leave the lab what it needs.
 */
final class ChartValueRules {
  /** A list of names that is longer says less than the one that was meant. */
  private static final int SHORT = 20;

  private ChartValueRules() {}

  static List<Finding> check(LabView plan) {
    var findings = new ArrayList<Finding>();
    plan.draft()
        .cilium()
        .ifPresent(
            its -> findings.addAll(check("cilium", "starbase:cilium", its.chart(), its.values())));
    plan.draft()
        .certs()
        .ifPresent(
            its ->
                findings.addAll(
                    check("cert-manager", "starbase:certs", its.chart(), its.values())));
    return findings;
  }

  private static List<Finding> check(
      String chart, String key, ChartSource source, Optional<Map<String, Object>> values) {
    // As Helm does: a value of null takes the chart's own away.
    var given = Values.forPulumi(values.orElse(Map.of()));
    if (given.isEmpty()) {
      return List.of();
    }
    var findings = new ArrayList<Finding>();
    for (var need : Need.ofChart(chart)) {
      need.unmet(given)
          .ifPresent(
              value ->
                  findings.add(
                      Finding.error(
                              key + ".values." + need.value(), "breaks the lab: " + need.without())
                          .given(value)
                          .allowed(need.allowed())));
    }
    var definition = Definition.ofChart(chart).orElseThrow();
    if (!source.version().equals(definition.version())) {
      findings.add(
          Finding.warning(
                  key + ".values",
                  "are not checked: this program has no schema for %s %s"
                      .formatted(chart, source.version()))
              .remedy("use %s to have them checked".formatted(definition.version())));
      return findings;
    }
    definition
        .problems(given)
        .forEach(problem -> findings.add(finding(chart, key + ".values", definition, problem)));
    return findings;
  }

  private static Finding finding(
      String chart, String values, Definition definition, Problem problem) {
    var key = problem.path().isEmpty() ? values : values + "." + problem.path();
    if (problem.isUnknownField()) {
      var wrong = "is not a value of %s's chart".formatted(chart);
      var finding =
          definition.refusesUnknownFields()
              ? Finding.error(key, wrong)
              : Finding.warning(key, wrong + ", which ignores it");
      return named(finding, problem);
    }
    var finding = Finding.error(key, problem.wrong());
    return (problem.given().isEmpty() ? finding : finding.given(problem.given()))
        .allowed(problem.allowed());
  }

  private static Finding named(Finding finding, Problem problem) {
    var known = Arrays.asList(problem.allowed().split(", "));
    var name = problem.path().substring(problem.path().lastIndexOf('.') + 1);
    var meant = Finding.meant(name, known);
    return known.size() > SHORT
        ? finding.allowed(meant.orElse("the keys of its values.yaml"))
        : finding.allowed(name, known);
  }
}
