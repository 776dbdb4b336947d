package starbase.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The cluster's machines as the real talosctl shows them, with the stack's own talosconfig. */
record Talos(VirtualLab.Running lab) {

  /** The addresses of the plan's control planes; the first is the one that is asked. */
  static final List<String> CONTROL_PLANES =
      List.of("192.168.1.11", "192.168.1.12", "192.168.1.13");

  static final List<String> WORKERS = List.of("192.168.1.21", "192.168.1.22");
  static final String VIP = "192.168.1.10";

  /** {@code ./lab talosctl} with these words. */
  Outcome ctl(String... words) {
    return lab.project()
        .lab(Stream.concat(Stream.of("talosctl"), Arrays.stream(words)).toArray(String[]::new));
  }

  /** The names of etcd's members. */
  Set<String> members() {
    return members(ctl("etcd", "members").succeeded());
  }

  /** Columns: node, id, hostname, … */
  static Set<String> members(Outcome listed) {
    return listed
        .out()
        .lines()
        .skip(1)
        .map(line -> line.strip().split("\\s+")[2])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The names of the nodes that are Ready. */
  Set<String> readyNodes() {
    return StreamSupport.stream(lab.get("nodes").at("/items").spliterator(), false)
        .filter(Talos::isReady)
        .map(node -> node.at("/metadata/name").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Which Talos a machine runs. */
  String version(String address) {
    return ctl("--nodes", address, "version", "--short")
        .succeeded()
        .out()
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("Tag:"))
        .reduce((client, server) -> server)
        .map(line -> line.substring("Tag:".length()).strip())
        .orElseThrow(() -> new AssertionError("talosctl says no version of " + address));
  }

  private static boolean isReady(JsonNode node) {
    return StreamSupport.stream(node.at("/status/conditions").spliterator(), false)
        .anyMatch(
            condition ->
                condition.at("/type").asText().equals("Ready")
                    && condition.at("/status").asText().equals("True"));
  }
}
