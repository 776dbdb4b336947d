package starbase.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import starbase.proxmox.Tags;

/**
 * A virtual machine or a container that Proxmox has.
 *
 * @param vmId its number
 * @param name its name; empty if it has none, or if Proxmox does not know it at present: names come
 *     from the host's own status reports, every 10 s, and not at all while the host is down
 *     (source: pve-manager, PVE/API2Tools.pm, extract_vm_stats)
 * @param host where it is
 * @param tags all of them; they come from the cluster's configuration and are always there
 */
record ProxmoxVm(int vmId, String name, String host, List<String> tags) {
  /** One entry of Proxmox's list. It separates tags by semicolons. */
  static ProxmoxVm of(JsonNode entry) {
    return new ProxmoxVm(
        entry.path("vmid").asInt(),
        entry.path("name").asText(),
        entry.path("node").asText(),
        List.of(entry.path("tags").asText().split("[;, ]+")));
  }

  /** Whether it is that machine, made by the stack. */
  boolean is(PlannedMachine machine, String stack) {
    return vmId == machine.vmId()
        && belongsTo(stack)
        && (name.isEmpty() || name.equals(machine.name().text()));
  }

  /** Whether the stack has made it. */
  boolean belongsTo(String stack) {
    return tags.contains(Tags.ofStack(stack));
  }

  /** The node that it was made for: by its tag, which Proxmox always knows, else by its name. */
  Optional<String> node() {
    return Tags.node(tags).or(() -> Optional.of(name).filter(known -> !known.isEmpty()));
  }
}
