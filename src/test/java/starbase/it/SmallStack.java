package starbase.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.stream.IntStream;
import starbase.LowerLayers;
import starbase.testing.StackYaml;

/**
 * The stack file of a small stack: the lab's own, with one control plane, no workers, and six
 * hosts, so that what goes wrong on one host can be kept from the others. A test adds machines.
 */
final class SmallStack {

  /** The id of the control plane; its address ends with another number. */
  static final int CONTROL_PLANE = 111;

  private static final int HOSTS = 6;
  private static final int FIRST_MORE = 131;

  /** The least that a worker may have, in MiB: dozens of them share a host. */
  private static final int MEMORY = 1024;

  private static final String MACHINES = "/starbase:machines/";

  private final StackYaml yaml = new StackYaml();
  private int next = FIRST_MORE;

  SmallStack() {
    var nodes = JsonNodeFactory.instance;
    var hosts = nodes.objectNode();
    IntStream.rangeClosed(1, HOSTS)
        .forEach(host -> hosts.put(host(host), "192.168.1.%d".formatted(1 + host)));
    yaml.set("/starbase:network/hosts", hosts);
    var first = machine("cp1");
    yaml.set("/starbase:machines", nodes.objectNode().set("cp1", first));
    yaml.set("/starbase:talos", nodes.objectNode());
    patience(90);
  }

  static String host(int number) {
    return "pve" + number;
  }

  /** Adds a machine without Talos on a host; returns its name. */
  String bare(String purpose, int host) {
    return add(LowerLayers.BARE + "-" + purpose, host);
  }

  /** Adds a worker. */
  void worker(String name) {
    add(name, 1);
  }

  private String add(String name, int host) {
    // The same number for both: an address of the LAN, and Proxmox's id.
    yaml.set(
        MACHINES + name,
        machine("cp1")
            .put("role", "worker")
            .put("address", "192.168.1." + next)
            .put("vmId", next)
            .put("host", host(host))
            .put("memory", MEMORY));
    next++;
    return name;
  }

  /** Says something else of a machine. */
  void set(String name, String key, JsonNode value) {
    yaml.set(MACHINES + name + "/" + key, value);
  }

  /** Says something of a host. */
  void host(String name, String address) {
    yaml.set("/starbase:network/hosts/" + name, new TextNode(address));
  }

  /** Puts the image of Talos on another storage of the hosts. */
  void imagesOn(String datastore) {
    yaml.set("/starbase:proxmox/image/datastore", new TextNode(datastore));
  }

  int id(String name) {
    return machine(name).at("/vmId").asInt();
  }

  /** The host of a machine. */
  String hostOf(String name) {
    return machine(name).at("/host").asText();
  }

  /** Takes machines away; returns what is needed to put them back. */
  Runnable without(String... names) {
    Runnable back = () -> {};
    for (var name : names) {
      var machine = yaml.config().at(MACHINES + name);
      var before = back;
      back =
          () -> {
            before.run();
            yaml.set(MACHINES + name, machine);
          };
      remove(MACHINES + name);
    }
    return back;
  }

  private void remove(String pointer) {
    yaml.set(pointer, JsonNodeFactory.instance.missingNode());
  }

  /** How many seconds machines and the cluster may take. */
  void patience(int seconds) {
    JsonNode limit = new IntNode(seconds);
    yaml.set(
        "/starbase:talos/timeouts",
        JsonNodeFactory.instance.objectNode().<ObjectNode>set("answer", limit).set("ready", limit));
  }

  void talos(String version) {
    yaml.set("/starbase:cluster/plan/talos", new TextNode(version));
  }

  /** A file with a machine on each host: a lab has the hosts that its file names when it starts. */
  static String onEachHost() {
    var stack = new SmallStack();
    for (int host = 1; host <= HOSTS; host++) {
      stack.bare("host-" + host, host);
    }
    return stack.text();
  }

  String text() {
    return yaml.block();
  }

  private ObjectNode machine(String name) {
    return (ObjectNode) yaml.config().at(MACHINES + name).deepCopy();
  }
}
