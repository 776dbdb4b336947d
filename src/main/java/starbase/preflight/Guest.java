package starbase.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A virtual machine or a container that Proxmox has.
 *
 * @param vmId its number
 * @param name its name; empty if it has none
 * @param host where it is
 * @param tags all of them
 */
record Guest(int vmId, String name, String host, List<String> tags) {
  /** One entry of Proxmox's list. It separates tags by semicolons. */
  static Guest of(JsonNode entry) {
    return new Guest(
        entry.path("vmid").asInt(),
        entry.path("name").asText(),
        entry.path("node").asText(),
        List.of(entry.path("tags").asText().split("[;, ]+")));
  }
}
