package starbase.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import starbase.config.Finding;
import starbase.kubernetes.ClusterPlan;
import starbase.net.DnsLabel;
import starbase.proxmox.MachineConfig;

/** Each node of the cluster has a machine, and one that is large enough for what it does. */
final class Machines {
  static final String KEY = "starbase:proxmox.machines";

  /**
   * What Talos asks for.
   *
   * <p>Source: docs.siderolabs.com/talos/v1.13/getting-started/system-requirements, minimum.
   *
   * @param role what such a node is called
   * @param memory in MiB
   */
  private record Least(String role, int memory, int cores) {}

  private static final Least CONTROL_PLANE = new Least("a control plane", 2048, 2);
  private static final Least WORKER = new Least("a worker", 1024, 1);

  private Machines() {}

  static List<Finding> check(Plan plan) {
    var cluster = plan.made();
    if (cluster.isEmpty() || plan.draft().proxmox().isEmpty()) {
      return List.of();
    }
    var findings = new ArrayList<>(missing(plan, cluster.get()));
    var nodes = cluster.get().nodes().keySet();
    plan.machines()
        .forEach(
            (name, its) -> {
              if (nodes.contains(name)) {
                findings.addAll(small(cluster.get(), name, its));
              } else {
                noNode(plan, name, nodes).ifPresent(findings::add);
              }
            });
    return findings;
  }

  private static List<Finding> missing(Plan plan, ClusterPlan cluster) {
    var without = new LinkedHashMap<>(cluster.nodes());
    without.keySet().removeAll(plan.machines().keySet());
    return without.keySet().stream()
        .filter(node -> plan.intact(KEY))
        .map(
            node ->
                Finding.error(
                        KEY, "has no %s, which is a node of starbase:cluster.plan".formatted(node))
                    .allowed("a machine of that name for each node"))
        .toList();
  }

  private static Optional<Finding> noNode(Plan plan, DnsLabel name, Set<DnsLabel> nodes) {
    return Optional.of(
            Finding.error(KEY + "." + name, "is no node of starbase:cluster.plan")
                .allowed(name.text(), Names.sorted(nodes)))
        .filter(finding -> plan.intact("starbase:cluster.plan"));
  }

  private static List<Finding> small(ClusterPlan cluster, DnsLabel name, MachineConfig its) {
    var least = cluster.controlPlanes().containsKey(name) ? CONTROL_PLANE : WORKER;
    var key = KEY + "." + name;
    return Stream.of(
            atLeast(key + ".memory", its.memory(), least.memory(), ", in MiB", least),
            atLeast(key + ".cores", its.cores(), least.cores(), "", least))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Finding> atLeast(
      String key, int given, int wanted, String unit, Least least) {
    return given >= wanted
        ? Optional.empty()
        : Optional.of(
            Finding.error(key, "is less than Talos needs for " + least.role())
                .given(given)
                .allowed("%d or more%s".formatted(wanted, unit)));
  }
}
