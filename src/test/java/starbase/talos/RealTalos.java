package starbase.talos;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import starbase.machines.Machine;
import starbase.machines.MachineConfig;
import starbase.net.Address;
import starbase.net.DnsLabel;
import starbase.testing.SampleLab;

/** The cluster of Pulumi.lab.yaml. */
final class RealTalos {
  static final TalosConfig CONFIG =
      SampleLab.config()
          .talos()
          .orElseGet(() -> new TalosConfig(Optional.empty(), Optional.empty(), Optional.empty()));

  private RealTalos() {}

  static TalosCluster cluster() {
    return SampleLab.config().made().orElseThrow();
  }

  static Machine machine(String name) {
    return cluster().machines().stream()
        .filter(machine -> machine.name().text().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static TalosCluster withoutWorkers() {
    return of(cluster().controlPlanes());
  }

  /** With one more machine, a worker. */
  static TalosCluster withWorker(String name, String address) {
    var like = machine("w1");
    var its = like.config();
    var config =
        new MachineConfig(
            its.role(), Address.parse(address), its.host(), its.vmId(), its.mac(), its.settings());
    var more =
        new Machine(new DnsLabel(name), config, like.cluster(), like.network(), like.installer());
    return of(Stream.concat(cluster().machines().stream(), Stream.of(more)).toList());
  }

  private static TalosCluster of(List<Machine> machines) {
    return new TalosCluster(cluster().identifier(), cluster().plan(), machines);
  }

  static TalosConfig patched(PatchesConfig patches) {
    return new TalosConfig(Optional.of(patches), Optional.empty(), Optional.empty());
  }

  static Optional<List<Map<String, Object>>> patch(String key, Object value) {
    return Optional.of(List.of(Map.of(key, value)));
  }
}
