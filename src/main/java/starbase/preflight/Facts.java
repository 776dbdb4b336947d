package starbase.preflight;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What Proxmox says of itself.
 *
 * @param hosts by name
 * @param guests the machines and containers of all hosts, as far as the token may see them
 * @param disks of the plan's machines that are there: bytes by interface, as scsi0, by the
 *     machine's number; those of hosts that do not answer are not known
 * @param granted what the token may do
 * @param pciMappings names of mappings, with the hosts that each has a device on
 * @param pools names of pools
 */
record Facts(
    Map<String, Host> hosts,
    List<ProxmoxVm> guests,
    Map<Integer, Map<String, Long>> disks,
    Privileges granted,
    Map<String, Set<String>> pciMappings,
    Set<String> pools) {
  /**
   * @param silent why it does not answer; empty if it does. Of a silent host nothing else is known
   * @param version of Proxmox VE, as 9.1.1
   * @param cores threads of its CPUs; 0 if not known
   * @param memory in MiB; 0 if not known
   * @param datastores those that are enabled there, by name
   * @param bridges by name
   * @param ahead how far its clock is ahead of this one
   */
  record Host(
      Optional<String> silent,
      String version,
      int cores,
      long memory,
      Map<String, Datastore> datastores,
      Map<String, Bridge> bridges,
      Duration ahead) {
    static Host silent(String why) {
      return unknown(Optional.of(why));
    }

    /** One that the plan has no machine on. */
    static Host unasked() {
      return unknown(Optional.empty());
    }

    private static Host unknown(Optional<String> silent) {
      return new Host(silent, "", 0, 0, Map.of(), Map.of(), Duration.ZERO);
    }
  }

  /**
   * @param type as dir, lvm, lvmthin, zfspool, nfs
   * @param content its content types
   * @param shared whether all hosts see the same files
   * @param active whether it is there
   * @param available bytes
   */
  record Datastore(
      String type, List<String> content, boolean shared, boolean active, long available) {}

  /**
   * @param anyVlan whether it passes on every VLAN tag by itself
   */
  record Bridge(boolean anyVlan) {}

  Optional<ProxmoxVm> guest(int vmId) {
    return guests.stream().filter(guest -> guest.vmId() == vmId).findFirst();
  }

  /** Empty for a host that is not there, and for one that does not answer. */
  Optional<Host> answering(String name) {
    return Optional.ofNullable(hosts.get(name)).filter(host -> host.silent().isEmpty());
  }

  /** Whether the host is there and does not answer. */
  boolean isSilent(String name) {
    return Optional.ofNullable(hosts.get(name)).flatMap(Host::silent).isPresent();
  }

  /** Bytes that a disk of a machine has, if it is there and known. */
  Optional<Long> size(PlannedMachine machine, int disk) {
    return Optional.ofNullable(
        disks.getOrDefault(machine.vmId(), Map.of()).get(PlannedMachine.disk(disk)));
  }

  /** Whether the machine will be created: its VM id is free. */
  boolean isMissing(PlannedMachine machine) {
    return guest(machine.vmId()).isEmpty();
  }

  /** Whether the stack has a machine whose VM id is not in the plan. */
  boolean hasLeaving(HardwarePlan plan) {
    var planned = plan.machines().stream().map(PlannedMachine::vmId).collect(Collectors.toSet());
    return guests.stream()
        .anyMatch(guest -> guest.belongsTo(plan.stack()) && !planned.contains(guest.vmId()));
  }
}
