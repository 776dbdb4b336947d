package starbase.talos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import starbase.machines.Machine;

/** The file that talosctl finds a cluster by. */
final class Talosconfig {
  private static final YAMLMapper YAML = new YAMLMapper();

  private Talosconfig() {}

  /**
   * A talosconfig that says whom to ask. Never the shared address: it is there only as long as etcd
   * is.
   *
   * @param minted as {@code talosctl gen config} writes it: with credentials, without addresses
   */
  static String reaching(List<Machine> controlPlanes, String minted) {
    try {
      var file = YAML.readTree(minted);
      for (var context : file.path("contexts")) {
        var endpoints = ((ObjectNode) context).putArray("endpoints");
        controlPlanes.forEach(machine -> endpoints.add(machine.address().toString()));
        ((ObjectNode) context).putArray("nodes").add(controlPlanes.get(0).address().toString());
      }
      return YAML.writeValueAsString(file);
    } catch (JsonProcessingException e) {
      // Without the cause, whose message would quote the file.
      throw new IllegalStateException("talosctl's talosconfig is not YAML");
    }
  }
}
