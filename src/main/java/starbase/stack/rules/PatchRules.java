package starbase.stack.rules;

import java.util.List;
import java.util.Map;
import starbase.findings.Finding;
import starbase.talos.PatchesConfig;
import starbase.talos.TalosConfig;

/** Patches are for nodes that there are. */
final class PatchRules {
  private static final String KEY = "starbase:talos.patches.nodes";

  private PatchRules() {}

  static List<Finding> check(LabView plan) {
    if (plan.made().isEmpty()) {
      return List.of();
    }
    var nodes = plan.machines().keySet();
    return plan
        .draft()
        .talos()
        .flatMap(TalosConfig::patches)
        .flatMap(PatchesConfig::nodes)
        .orElse(Map.of())
        .keySet()
        .stream()
        .filter(node -> !nodes.contains(node))
        .map(
            node ->
                Finding.error(KEY + "." + node, "is not defined in starbase:machines")
                    .allowed(node.text(), Names.sorted(nodes)))
        .toList();
  }
}
