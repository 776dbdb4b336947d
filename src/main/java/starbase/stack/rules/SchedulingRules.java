package starbase.stack.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import starbase.apps.VariantConfig;
import starbase.apps.WorkloadConfig;
import starbase.cilium.CiliumConfig;
import starbase.findings.Finding;
import starbase.kubernetes.ClusterPlan;
import starbase.machines.Role;

/** Some node takes the pods of the lab. */
final class SchedulingRules {
  private static final String KEY = "starbase:cluster.plan.schedulableControlPlanes";

  /** Source: kubelet's maxPods, unless its configuration says otherwise. */
  private static final int PODS_A_NODE = 110;

  /** Source: cilium v1.20.2, install/kubernetes/cilium/values.yaml, operator.replicas. */
  private static final int OPERATORS = 2;

  private SchedulingRules() {}

  static List<Finding> check(LabView plan) {
    var findings = new ArrayList<Finding>();
    if (plan.machines().isEmpty() || !plan.intact(MachineRules.KEY) || !plan.intact(KEY)) {
      return findings;
    }
    operators(plan).ifPresent(findings::add);
    int workers = plan.machines(Role.WORKER).size();
    boolean schedulable =
        plan.cluster().flatMap(ClusterPlan::schedulableControlPlanes).orElse(workers == 0);
    int nodes = schedulable ? plan.machines().size() : workers;
    int pods = pods(plan);
    if (nodes == 0) {
      findings.add(
          Finding.error(
                  KEY,
                  "leaves no node for pods: there is no worker, and %d pods of applications and those of cert-manager would stay Pending"
                      .formatted(pods))
              .given(false)
              .allowed("true, or a machine with role: worker"));
    } else if (pods > nodes * PODS_A_NODE) {
      findings.add(
          Finding.warning(
                  "starbase:apps",
                  "need %d pods, and the nodes run %d each, which is %d in all: the others stay Pending"
                      .formatted(pods, PODS_A_NODE, nodes * PODS_A_NODE))
              .allowed("fewer replicas, or more workers"));
    }
    return findings;
  }

  /** Its pods share ports of their nodes, so that there is one on a node. */
  private static Optional<Finding> operators(LabView plan) {
    int replicas =
        plan.draft()
            .cilium()
            .flatMap(CiliumConfig::values)
            .map(values -> values.get("operator"))
            .map(operator -> operator instanceof Map<?, ?> its ? its.get("replicas") : null)
            .map(given -> given instanceof Integer number ? number : 1)
            .orElse(OPERATORS);
    int nodes = plan.machines().size();
    return replicas <= nodes || plan.draft().cilium().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.error(
                    "starbase:cilium.values.operator.replicas",
                    "is more than the number of nodes, and each node runs only one: up would wait for the others")
                .given(replicas)
                .allowed("1 to " + nodes));
  }

  private static int pods(LabView plan) {
    return plan.apps().values().stream()
        .mapToInt(
            app ->
                pods(app.workload())
                    + app.variants().orElse(Map.of()).values().stream()
                        .map(VariantConfig::workload)
                        .mapToInt(workload -> pods(Optional.of(workload)))
                        .sum())
        .sum();
  }

  private static int pods(Optional<WorkloadConfig> workload) {
    return workload.map(its -> its.replicas().orElse(1)).orElse(0);
  }
}
