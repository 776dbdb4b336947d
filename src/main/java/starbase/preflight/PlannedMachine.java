package starbase.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import starbase.machines.DiskConfig;
import starbase.machines.Machine;
import starbase.machines.MachineConfig;
import starbase.machines.MachineSettings;
import starbase.net.Address;
import starbase.net.DnsLabel;

/**
 * What one machine of the plan needs from its host.
 *
 * @param name of its node
 * @param host the Proxmox host
 * @param vmId Proxmox's number of it
 * @param cores how many
 * @param memory in MiB
 * @param disks sizes in GiB, in the order of scsi0, scsi1, …
 * @param cards its network cards, the first one's first
 * @param pci names of PCI resource mappings
 * @param hostCpu whether it sees the host's own CPU model
 * @param pool the pool that it is a member of
 * @param address of its node
 * @param inherited the settings that it has from starbase:machineDefaults
 */
record PlannedMachine(
    DnsLabel name,
    String host,
    int vmId,
    int cores,
    int memory,
    List<DiskConfig> disks,
    List<Card> cards,
    List<String> pci,
    boolean hostCpu,
    Optional<String> pool,
    Address address,
    Set<String> inherited) {
  /**
   * A network card.
   *
   * @param bridge the host's bridge
   * @param bridgeField the key below the machine's that says so
   * @param vlan the VLAN tag on that bridge
   * @param vlanField the key that says so
   */
  record Card(String bridge, String bridgeField, Optional<Integer> vlan, String vlanField) {}

  /**
   * @param machine with its defaults
   * @param own what the stack file says of it alone
   */
  static PlannedMachine of(Machine machine, @Nullable MachineConfig own) {
    var settings = machine.settings();
    var disks = new ArrayList<DiskConfig>();
    disks.add(new DiskConfig(settings.disk().orElseThrow(), settings.datastore().orElseThrow()));
    disks.addAll(settings.extraDisks().orElse(List.of()));
    return new PlannedMachine(
        machine.name(),
        machine.host().orElseThrow().text(),
        machine.config().vmId().orElseThrow(),
        settings.cores().orElseThrow(),
        settings.memory().orElseThrow(),
        List.copyOf(disks),
        cards(settings),
        settings.pci().orElse(List.of()),
        settings.cpuType().orElse("host").equals("host"),
        settings.pool(),
        machine.address(),
        own == null ? Set.of() : inherited(own.settings()));
  }

  private static List<Card> cards(MachineSettings settings) {
    var bridge = settings.bridge().orElseThrow();
    var cards = new ArrayList<Card>();
    cards.add(new Card(bridge, "bridge", settings.vlan(), "vlan"));
    for (var extra : settings.extraInterfaces().orElse(List.of())) {
      var field = "extraInterfaces[%d].".formatted(cards.size() - 1);
      cards.add(
          new Card(
              extra.bridge().orElse(bridge),
              extra.bridge().isPresent() ? field + "bridge" : "bridge",
              extra.vlan(),
              field + "vlan"));
    }
    return List.copyOf(cards);
  }

  private static Set<String> inherited(MachineSettings own) {
    return Map.of(
            "cores", own.cores(),
            "memory", own.memory(),
            "disk", own.disk(),
            "datastore", own.datastore(),
            "extraDisks", own.extraDisks(),
            "bridge", own.bridge(),
            "vlan", own.vlan(),
            "extraInterfaces", own.extraInterfaces(),
            "pci", own.pci(),
            "pool", own.pool())
        .entrySet()
        .stream()
        .filter(setting -> setting.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Proxmox's name of a disk, by its place among the disks. */
  static String disk(int index) {
    return "scsi" + index;
  }

  /** The full path of the key in the stack file that says something of it. */
  String key(String field) {
    return inherited.contains(field.replaceFirst("[.\\[].*", ""))
        ? "starbase:machineDefaults." + field
        : "starbase:machines.%s.%s".formatted(name, field);
  }
}
