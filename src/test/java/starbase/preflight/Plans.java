package starbase.preflight;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import starbase.kubernetes.Version;
import starbase.machines.DiskConfig;
import starbase.net.Address;
import starbase.net.DnsLabel;

/** Plans of two machines, cp1 on pve1 and w1 on pve2, and of machines with something special. */
final class Plans {
  private Plans() {}

  static HardwarePlan plan(URI endpoint, PlannedMachine... machines) {
    return plan(endpoint, true, Map.of(), machines);
  }

  static HardwarePlan plan(
      URI endpoint, boolean insecure, Map<String, Address> hosts, PlannedMachine... machines) {
    return new HardwarePlan(
        "lab",
        endpoint,
        insecure,
        "local",
        new Version("v1.13.2"),
        machines.length == 0
            ? List.of(machine("cp1", "pve1", 111), machine("w1", "pve2", 121))
            : List.of(machines),
        hosts,
        Map.of("starbase:cluster.plan.vip", Address.parse("192.168.1.10")));
  }

  static PlannedMachine machine(String name, String host, int vmId) {
    return new Wanted(name, host, vmId).build();
  }

  static Wanted wanted(String name, String host, int vmId) {
    return new Wanted(name, host, vmId);
  }

  /** A machine of which only what a test is about is said. */
  static final class Wanted {
    private final String name;
    private final String host;
    private final int vmId;
    int cores = 2;
    int memory = 4096;
    DiskConfig disk = new DiskConfig(20, "local-lvm");
    String bridge = "vmbr0";
    Optional<Integer> vlan = Optional.empty();
    List<String> pci = List.of();
    Optional<String> pool = Optional.empty();
    Set<String> inherited = Set.of();

    private Wanted(String name, String host, int vmId) {
      this.name = name;
      this.host = host;
      this.vmId = vmId;
    }

    PlannedMachine build() {
      return new PlannedMachine(
          new DnsLabel(name),
          host,
          vmId,
          cores,
          memory,
          List.of(disk),
          List.of(new PlannedMachine.Card(bridge, "bridge", vlan, "vlan")),
          pci,
          true,
          pool,
          Address.parse("192.168.1." + (vmId - 100)),
          inherited);
    }
  }
}
