package starbase.proxmox;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import starbase.net.DnsLabel;
import starbase.rules.Rules;

/**
 * One virtual machine.
 *
 * @param host the Proxmox host that it is on
 * @param vmId Proxmox's number of it, its own in the whole Proxmox cluster
 * @param cores how many it has
 * @param memory in MiB
 * @param disk the size of the disk that Talos is on, in GiB
 * @param datastore the storage that its disks are on
 * @param bridge the host's bridge that it is connected to
 * @param mac the hardware address of its network card; without it, one made of its name
 * @param cpuType what QEMU shows as its CPU; without it host, the host's own
 * @param tags beside those that every machine of the lab has
 * @param pool the pool of Proxmox that it is a member of
 * @param onBoot whether it starts with its host; without it, yes
 * @param extraDisks beside the one that Talos is on
 * @param pci names of PCI resource mappings (Datacenter > Resource Mappings) that are passed
 *     through
 * @param protect whether Pulumi refuses to delete it; without it, only control planes
 */
public record MachineConfig(
    DnsLabel host,
    int vmId,
    int cores,
    int memory,
    int disk,
    String datastore,
    String bridge,
    Optional<MacAddress> mac,
    Optional<String> cpuType,
    Optional<List<String>> tags,
    Optional<String> pool,
    Optional<Boolean> onBoot,
    Optional<List<DiskConfig>> extraDisks,
    Optional<List<String>> pci,
    Optional<Boolean> protect) {
  /** Source: Proxmox VE, pve-vmid. */
  private static final int FIRST_ID = 100;

  private static final int LAST_ID = 999_999_999;

  /** Source: docs.siderolabs.com/talos/v1.13/getting-started/system-requirements. */
  private static final int SMALLEST_DISK = 10;

  /** QEMU has scsi0 to scsi30 and hostpci0 to hostpci15. */
  private static final int MOST_EXTRA_DISKS = 30;

  private static final int MOST_PCI = 16;
  private static final Pattern BRIDGE = Pattern.compile("[A-Za-z][-A-Za-z0-9_.]{0,14}");
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
  public MachineConfig {
    var rules =
        new Rules()
            .require(
                vmId >= FIRST_ID && vmId <= LAST_ID,
                "vmId",
                "is no id of a machine in Proxmox",
                FIRST_ID + " to " + LAST_ID)
            .require(cores > 0, "cores", "is no number of cores", "1 or more")
            .require(memory > 0, "memory", "is no size", "1024 or more, in MiB")
            .require(
                disk >= SMALLEST_DISK,
                "disk",
                "is too small for Talos",
                "%d or more, in GiB".formatted(SMALLEST_DISK));
    Names.datastore(rules, "datastore", datastore);
    rules.require(
        BRIDGE.matcher(bridge).matches(),
        "bridge",
        "is no name of a bridge",
        "one of the host's, as vmbr0");
    cpuType.ifPresent(
        type ->
            rules
                .require(
                    CPU.matcher(type).matches(),
                    "cpuType",
                    "is no type of a CPU",
                    "as host or x86-64-v3")
                .require(
                    !OLD_CPU.matcher(type).matches(),
                    "cpuType",
                    "is older than x86-64-v2: Talos halts at boot",
                    "x86-64-v2-AES or newer, or host"));
    each(rules, "tags", tags, TAG, "is no tag", "a-z, 0-9, _, -, + and ., as storage");
    pool.ifPresent(
        name ->
            rules.require(
                POOL.matcher(name).matches(),
                "pool",
                "is no name of a pool",
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
        "is no name of a mapping",
        "one of Datacenter > Resource Mappings, as gpu");
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
              all.indexOf(all.get(i)) == i,
              field + "[" + i + "]",
              "stands there twice",
              "each once");
    }
  }

  /** Whether Pulumi refuses to delete it: by default, members of etcd. */
  boolean isProtected(boolean controlPlane) {
    return protect.orElse(controlPlane);
  }

  /** The hardware address of its network card. */
  public MacAddress mac(String cluster, DnsLabel name) {
    return mac.orElseGet(() -> MacAddress.of(cluster, name));
  }
}
