package starbase.stack.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import starbase.cilium.CiliumConfig;
import starbase.cilium.NodeSelectorConfig;
import starbase.findings.Finding;
import starbase.kubernetes.ClusterConfig;
import starbase.machines.MachineConfig;
import starbase.machines.Role;
import starbase.net.DnsLabel;
import starbase.talos.TalosConfig;

/**
 * Some node announces the addresses of Gateways and Services. Only a warning: a label may also be
 * set by whoever is in the cluster.
 */
final class AnnouncerRules {
  private static final String KEY = "starbase:cilium.announcingNodes";
  private static final String NONE = "so no node announces the addresses";

  private AnnouncerRules() {}

  static List<Finding> check(LabView plan) {
    var selector = plan.draft().cilium().flatMap(CiliumConfig::announcingNodes);
    if (selector.isEmpty()
        || plan.machines().isEmpty()
        || !(plan.draft().cluster().orElse(null) instanceof ClusterConfig.Talos cluster)
        || !Stream.of(KEY, "starbase:cluster", "starbase:talos", MachineRules.KEY)
            .allMatch(plan::intact)) {
      return List.of();
    }
    var nodes =
        plan.machines().entrySet().stream()
            .map(its -> labels(plan, cluster.identifier(), its.getKey(), its.getValue()))
            .toList();
    return nodes.stream().anyMatch(selector.get()::selects)
        ? List.of()
        : findings(selector.get(), nodes);
  }

  /** One for each requirement that no node meets; if each is met, one for all of them together. */
  private static List<Finding> findings(
      NodeSelectorConfig selector, List<Map<String, String>> nodes) {
    var known = new TreeSet<String>();
    nodes.forEach(node -> node.forEach((name, value) -> known.add(label(name, value))));
    var labels =
        selector.matchLabels().orElse(Map.of()).entrySet().stream()
            .filter(
                label ->
                    nodes.stream()
                        .noneMatch(node -> label.getValue().equals(node.get(label.getKey()))))
            .map(
                label ->
                    Finding.warning(
                            KEY + ".matchLabels." + label.getKey(),
                            "is not a label of any node in starbase:machines, " + NONE)
                        .given(label.getValue())
                        .allowed(label(label.getKey(), label.getValue()), known));
    var expressions = selector.matchExpressions().orElse(List.of());
    var unmet =
        IntStream.range(0, expressions.size())
            .filter(i -> nodes.stream().noneMatch(expressions.get(i)::isMetBy))
            .mapToObj(
                i ->
                    Finding.warning(
                            KEY + ".matchExpressions[" + i + "]",
                            "matches no node in starbase:machines, " + NONE)
                        .given(expressions.get(i).toString())
                        .allowed(expressions.get(i).key(), known));
    var findings = Stream.concat(labels, unmet).toList();
    return findings.isEmpty()
        ? List.of(
            Finding.warning(KEY, "matches no node in starbase:machines as a whole, " + NONE)
                .allowed("", known))
        : findings;
  }

  private static String label(String name, String value) {
    return name + ": " + (value.isEmpty() ? "\"\"" : value);
  }

  /** What the kubelet, Talos, this lab and its patches label a node with. */
  private static Map<String, String> labels(
      LabView plan, String cluster, DnsLabel name, MachineConfig its) {
    var labels = new HashMap<String, String>();
    labels.put("kubernetes.io/hostname", name.text());
    labels.put("kubernetes.io/os", "linux");
    labels.put("kubernetes.io/arch", "amd64");
    labels.putAll(its.nodeLabels(cluster, name));
    if (its.role() == Role.CONTROL_PLANE) {
      labels.put("node-role.kubernetes.io/control-plane", "");
      labels.put("node.kubernetes.io/exclude-from-external-load-balancers", "");
    }
    plan.draft()
        .talos()
        .flatMap(TalosConfig::patches)
        .map(patches -> patches.of(name, its.role()))
        .orElse(List.of())
        .forEach(patch -> labels.putAll(labels(patch)));
    return labels;
  }

  private static Map<String, String> labels(Map<String, Object> patch) {
    return patch.get("machine") instanceof Map<?, ?> machine
            && machine.get("nodeLabels") instanceof Map<?, ?> labels
        ? labels.entrySet().stream()
            .collect(
                Collectors.toMap(
                    each -> String.valueOf(each.getKey()), each -> String.valueOf(each.getValue())))
        : Map.of();
  }
}
