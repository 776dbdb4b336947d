package starbase.stack.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import starbase.cilium.CiliumConfig;
import starbase.findings.Finding;
import starbase.kubernetes.ClusterConfig;
import starbase.kubernetes.ClusterPlan;

/** The layers below the cluster are there when it is made, and not when it is there already. */
final class ClusterKindRules {
  private ClusterKindRules() {}

  static List<Finding> check(LabView plan) {
    var cluster = plan.draft().cluster();
    if (cluster.isEmpty()) {
      return List.of();
    }
    return cluster.get() instanceof ClusterConfig.Existing ? existing(plan) : talos(plan);
  }

  private static List<Finding> existing(LabView plan) {
    var findings = new ArrayList<Finding>();
    if (plan.draft().proxmox().isPresent()) {
      findings.add(needless("starbase:proxmox"));
    }
    if (plan.draft().talos().isPresent()) {
      findings.add(needless("starbase:talos"));
    }
    if (plan.draft().machineDefaults().isPresent()) {
      findings.add(needless(MachineRules.DEFAULTS));
    }
    if (!isReached(plan)) {
      findings.add(
          Finding.error(
                  "starbase:cluster.apiServer",
                  "is missing: without KubePrism (plan.talos), Cilium's agents need the address of the API server")
              .allowed(
                  "host:port, such as 192.168.1.10:6443 (kubectl cluster-info); on Talos: its version in starbase:cluster.plan.talos"));
    }
    var virtual = new TreeSet<String>();
    plan.machines()
        .forEach(
            (name, its) -> {
              if (its.host().isPresent()) {
                virtual.add(name.text());
              }
            });
    if (!virtual.isEmpty()) {
      findings.add(
          Finding.error(
                  MachineRules.KEY,
                  "has a host for %s, which is only allowed with kind: talos, and starbase:cluster has kind: existing"
                      .formatted(String.join(", ", virtual)))
              .allowed("only role and address of each, or kind: talos in starbase:cluster"));
    }
    return findings;
  }

  private static boolean isReached(LabView plan) {
    return !plan.intact("starbase:cluster")
        || plan.cluster().flatMap(ClusterPlan::talos).isPresent()
        || plan.draft()
            .cluster()
            .filter(ClusterConfig.Existing.class::isInstance)
            .map(ClusterConfig.Existing.class::cast)
            .flatMap(ClusterConfig.Existing::apiServer)
            .isPresent()
        || plan.draft()
            .cilium()
            .flatMap(CiliumConfig::values)
            .filter(values -> values.containsKey("k8sServiceHost"))
            .isPresent();
  }

  private static Finding needless(String key) {
    return Finding.error(
            key, "is only allowed with kind: talos, and starbase:cluster has kind: existing")
        .allowed("kind: talos in starbase:cluster, or no %s".formatted(key));
  }

  private static List<Finding> talos(LabView plan) {
    var findings = new ArrayList<Finding>();
    if (plan.draft().machines().isEmpty() && plan.intact(MachineRules.KEY)) {
      findings.add(
          Finding.error(
                  MachineRules.KEY, "is missing, and kind: talos in starbase:cluster needs it")
              .allowed("an entry for each node, or kind: existing in starbase:cluster"));
    }
    var hosts =
        plan.machines().values().stream().flatMap(its -> its.host().stream()).distinct().toList();
    if (!hosts.isEmpty() && plan.draft().proxmox().isEmpty() && plan.intact("starbase:proxmox")) {
      findings.add(
          Finding.error(
                  "starbase:proxmox",
                  "is missing, and machines have the hosts "
                      + String.join(", ", Names.sorted(hosts)))
              .allowed("endpoint and image below it, or machines without a host"));
    }
    if (plan.draft().network().isEmpty() && plan.intact("starbase:network")) {
      findings.add(
          Finding.error("starbase:network", "is missing, and machines need its router and hosts")
              .allowed("lan, router and hosts below it"));
    }
    return findings;
  }
}
