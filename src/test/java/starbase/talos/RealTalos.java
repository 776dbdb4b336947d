package starbase.talos;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import starbase.kubernetes.ClusterConfig;
import starbase.kubernetes.ClusterPlan;
import starbase.net.Address;
import starbase.net.DnsLabel;
import starbase.testing.RealLab;

/** The cluster of Pulumi.lab.yaml. */
final class RealTalos {
  static final TalosConfig CONFIG =
      RealLab.config()
          .talos()
          .orElseGet(() -> new TalosConfig(Optional.empty(), Optional.empty(), Optional.empty()));

  private RealTalos() {}

  static TalosCluster cluster() {
    var config = RealLab.config();
    if (config.cluster() instanceof ClusterConfig.Talos talos) {
      var version = talos.plan().talos().orElseThrow();
      return new TalosCluster(
          talos.identifier(),
          talos.plan(),
          config.network().orElseThrow(),
          config.proxmox().orElseThrow().image().installer(version),
          config.proxmox().orElseThrow().protectedMachines(talos.plan().controlPlanes().keySet()),
          Optional.empty());
    }
    throw new AssertionError("Pulumi.lab.yaml makes no cluster");
  }

  static Machine machine(String name) {
    return cluster().machines().stream()
        .filter(machine -> machine.name().text().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The same with these workers. */
  static TalosCluster withWorkers(Map<DnsLabel, Address> workers) {
    var cluster = cluster();
    var plan = cluster.plan();
    return new TalosCluster(
        cluster.identifier(),
        new ClusterPlan(
            plan.kubernetes(),
            plan.talos(),
            plan.vip(),
            plan.controlPlanes(),
            Optional.of(workers),
            plan.pods(),
            plan.services()),
        cluster.network(),
        cluster.installer(),
        cluster.kept(),
        Optional.empty());
  }

  static TalosConfig patched(PatchesConfig patches) {
    return new TalosConfig(Optional.of(patches), Optional.empty(), Optional.empty());
  }

  static Optional<List<Map<String, Object>>> patch(String key, Object value) {
    return Optional.of(List.of(Map.of(key, value)));
  }
}
