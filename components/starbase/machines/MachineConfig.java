package starbase.machines;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import starbase.net.Address;
import starbase.net.DnsLabel;
import starbase.net.HostName;
import starbase.rules.Rules;

/**
 * One node of the cluster.
 *
 * @param role controlPlane or worker
 * @param address its address on the LAN
 * @param host the Proxmox host of its virtual machine; a machine without a host already boots Talos
 *     and gets its configuration only
 * @param vmId its VM id, unique in the Proxmox cluster; required with a host
 * @param mac the hardware address of its first network card; default for virtual machines: one made
 *     from the name
 * @param settings all that may also stand in starbase:machineDefaults
 */
public record MachineConfig(
    Role role,
    Address address,
    Optional<HostName> host,
    Optional<Integer> vmId,
    Optional<MacAddress> mac,
    @JsonUnwrapped MachineSettings settings) {
  /** Source: Proxmox VE, pve-vmid. */
  private static final int FIRST_ID = 100;

  private static final int LAST_ID = 999_999_999;

  /**
   * @throws IllegalArgumentException if the id is none that Proxmox takes
   */
  public MachineConfig {
    new Rules()
        .require(
            vmId.map(id -> id >= FIRST_ID && id <= LAST_ID).orElse(true),
            "vmId",
            "is not a VM id of Proxmox",
            FIRST_ID + " to " + LAST_ID)
        .enforce();
  }

  /** The same, with the defaults for what is left out. */
  public MachineConfig or(Optional<MachineSettings> defaults) {
    return new MachineConfig(
        role, address, host, vmId, mac, defaults.map(settings::or).orElse(settings));
  }

  /**
   * What the node of that name goes down with: its host, and a machine of its own if it is none of
   * Proxmox's. The value of the label topology.kubernetes.io/zone.
   */
  public String zone(DnsLabel name) {
    return host.map(HostName::text).orElse(name.text());
  }

  /** The topology labels that this lab gives the node of that name, in a cluster. */
  public Map<String, String> nodeLabels(String cluster, DnsLabel name) {
    return new TreeMap<>(
        Map.of(
            "topology.kubernetes.io/region", cluster, "topology.kubernetes.io/zone", zone(name)));
  }

  /**
   * Whether Pulumi refuses to delete it: unless it says otherwise, if it is a control plane. Its
   * virtual machine and its steps are protected together: with the first alone it would leave the
   * cluster and then stay, and a machine that stays must not lose the step that upgrades it.
   */
  public boolean isProtected() {
    return settings.protect().orElse(role == Role.CONTROL_PLANE);
  }
}
