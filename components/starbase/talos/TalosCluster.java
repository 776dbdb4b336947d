package starbase.talos;

import java.util.List;
import starbase.kubernetes.ClusterPlan;
import starbase.kubernetes.Version;
import starbase.machines.Machine;

/**
 * The cluster to be made.
 *
 * @param identifier its name
 * @param plan its networks and versions; all that is optional there is given
 * @param machines its nodes, in the order of {@link Machine#ORDER}
 */
public record TalosCluster(String identifier, ClusterPlan plan, List<Machine> machines) {
  List<Machine> controlPlanes() {
    return machines.stream().filter(Machine::isControlPlane).toList();
  }

  List<Machine> workers() {
    return machines.stream().filter(machine -> !machine.isControlPlane()).toList();
  }

  /**
   * Whether control planes take pods of applications: unless something else is said, if no other
   * node can.
   */
  boolean schedulesOnControlPlanes() {
    return plan.schedulableControlPlanes().orElse(workers().isEmpty());
  }

  String vip() {
    return plan.vip().orElseThrow().toString();
  }

  /** The Kubernetes API's address, which every machine and client uses. */
  String endpoint() {
    return "https://" + vip() + ":6443";
  }

  /** With a v before it, as Talos' own tools write it. */
  String talos() {
    return plan.talos().map(Version::tag).orElseThrow();
  }

  /** Without a v before it, as Talos' tools take it. */
  String kubernetes() {
    return plan.kubernetes().map(version -> version.tag().substring(1)).orElseThrow();
  }
}
