package starbase.machines;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import starbase.net.Address;
import starbase.net.Hostname;
import starbase.rules.Rules;

/**
 * Settings that starbase:machines has for one machine, and starbase:machineDefaults for all.
 *
 * @param cores the number of cores
 * @param memory the memory in MiB
 * @param disk the size of the disk with Talos, in GiB
 * @param datastore the storage of its disks
 * @param bridge the host's bridge of the first network card
 * @param vlan the VLAN tag of the LAN; default: untagged. The host tags a virtual machine's
 *     packets; other machines tag their own
 * @param mtu the MTU of the first network card, in bytes; default: the network's
 * @param extraInterfaces additional network cards
 * @param nameServers its DNS servers; default: the LAN's, or else its router
 * @param searchDomains the domains to search for names without a dot
 * @param timeServers its time servers, by name or address; default: Talos' own choice
 * @param installDisk the disk to install Talos on; required without a host
 * @param cpuType the CPU type in QEMU; default: host
 * @param tags tags in Proxmox, in addition to those of the lab
 * @param pool its pool in Proxmox
 * @param onBoot whether it starts with its host; default: true
 * @param extraDisks additional disks
 * @param pci the names of PCI resource mappings (Datacenter > Resource Mappings) to pass through
 * @param protect whether Pulumi refuses to delete it; default: true for control planes only
 */
public record MachineSettings(
    Optional<Integer> cores,
    Optional<Integer> memory,
    Optional<Integer> disk,
    Optional<String> datastore,
    Optional<String> bridge,
    Optional<Integer> vlan,
    Optional<Integer> mtu,
    Optional<List<InterfaceConfig>> extraInterfaces,
    Optional<List<Address>> nameServers,
    Optional<List<Hostname>> searchDomains,
    Optional<List<String>> timeServers,
    Optional<InstallDiskConfig> installDisk,
    Optional<String> cpuType,
    Optional<List<String>> tags,
    Optional<String> pool,
    Optional<Boolean> onBoot,
    Optional<List<DiskConfig>> extraDisks,
    Optional<List<String>> pci,
    Optional<Boolean> protect) {
  /** Source: docs.siderolabs.com/talos/v1.13/getting-started/system-requirements. */
  private static final int SMALLEST_DISK = 10;

  /** QEMU has scsi0 to scsi30 and hostpci0 to hostpci15. */
  private static final int MOST_EXTRA_DISKS = 30;

  private static final int MOST_PCI = 16;

  /** Proxmox has net0 to net31. */
  private static final int MOST_EXTRA_INTERFACES = 31;

  private static final Pattern SERVER = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?");
  private static final Pattern CPU = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9_.]*");

  /** Below x86-64-v2, where Talos halts at boot (the page above, CPU requirements). */
  private static final Pattern OLD_CPU = Pattern.compile("(kvm|qemu)(32|64)");

  private static final Pattern TAG = Pattern.compile("[a-z0-9_][-a-z0-9_+.]*");
  private static final Pattern POOL = Pattern.compile("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+){0,2}");
  private static final Pattern MAPPING = Pattern.compile("[A-Za-z][-A-Za-z0-9_]+");

  /**
   * @throws IllegalArgumentException if a number is none that Proxmox or Talos takes, or a name has
   *     not the form that Proxmox asks for
   */
  public MachineSettings {
    var rules =
        new Rules()
            .require(cores.orElse(1) > 0, "cores", "is not a number of cores", "1 or more")
            .require(memory.orElse(1) > 0, "memory", "is not a size", "1024 or more, in MiB")
            .require(
                disk.orElse(SMALLEST_DISK) >= SMALLEST_DISK,
                "disk",
                "is too small for Talos",
                "%d or more, in GiB".formatted(SMALLEST_DISK));
    datastore.ifPresent(name -> Datastore.require(rules, "datastore", name));
    NetworkRules.require(rules, bridge, vlan, mtu);
    rules.require(
        extraInterfaces.map(List::size).orElse(0) <= MOST_EXTRA_INTERFACES,
        "extraInterfaces",
        "are more than a machine can have",
        "up to " + MOST_EXTRA_INTERFACES);
    each(
        rules,
        "timeServers",
        timeServers,
        SERVER,
        "is not the name or address of a server",
        "a name or an address, such as ntp.lab.example or 192.168.1.1");
    cpuType.ifPresent(
        type ->
            rules
                .require(
                    CPU.matcher(type).matches(),
                    "cpuType",
                    "is not a CPU type",
                    "a type such as host or x86-64-v3")
                .require(
                    !OLD_CPU.matcher(type).matches(),
                    "cpuType",
                    "is older than x86-64-v2: Talos halts at boot",
                    "x86-64-v2-AES or newer, or host"));
    each(rules, "tags", tags, TAG, "is not a tag", "a-z, 0-9, _, -, + and ., such as storage");
    pool.ifPresent(
        name ->
            rules.require(
                POOL.matcher(name).matches(),
                "pool",
                "is not the name of a pool",
                "letters, digits, _, - and ."));
    rules.require(
        extraDisks.map(List::size).orElse(0) <= MOST_EXTRA_DISKS,
        "extraDisks",
        "are more than a machine can have",
        "up to " + MOST_EXTRA_DISKS);
    each(
        rules,
        "pci",
        pci,
        MAPPING,
        "is not the name of a mapping",
        "one of Datacenter > Resource Mappings, such as gpu");
    rules
        .require(
            pci.map(List::size).orElse(0) <= MOST_PCI,
            "pci",
            "are more than a machine can have",
            "up to " + MOST_PCI)
        .enforce();
  }

  private static void each(
      Rules rules,
      String field,
      Optional<List<String>> names,
      Pattern form,
      String wrong,
      String allowed) {
    var all = names.orElse(List.of());
    for (int i = 0; i < all.size(); i++) {
      rules
          .require(form.matcher(all.get(i)).matches(), field + "[" + i + "]", wrong, allowed)
          .require(
              all.indexOf(all.get(i)) == i, field + "[" + i + "]", "is listed twice", "each once");
    }
  }

  /** The same, with the other's for what is left out. */
  MachineSettings or(MachineSettings other) {
    return new MachineSettings(
        cores.or(other::cores),
        memory.or(other::memory),
        disk.or(other::disk),
        datastore.or(other::datastore),
        bridge.or(other::bridge),
        vlan.or(other::vlan),
        mtu.or(other::mtu),
        extraInterfaces.or(other::extraInterfaces),
        nameServers.or(other::nameServers),
        searchDomains.or(other::searchDomains),
        timeServers.or(other::timeServers),
        installDisk.or(other::installDisk),
        cpuType.or(other::cpuType),
        tags.or(other::tags),
        pool.or(other::pool),
        onBoot.or(other::onBoot),
        extraDisks.or(other::extraDisks),
        pci.or(other::pci),
        protect.or(other::protect));
  }
}
