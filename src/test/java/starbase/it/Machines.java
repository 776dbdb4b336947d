package starbase.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The lab's machines: who announces an address, and the power switch. */
record Machines(VirtualLab.Running lab) {

  private static final Pattern HARDWARE = Pattern.compile("link/ether (\\S+)");

  /** More than the controller manager waits for a silent node, on a slow machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** The lease by which nodes elect who announces the address of a Gateway. */
  JsonNode lease(String gateway) {
    return lab.get(
        "lease", "-n", "kube-system", "cilium-l2announce-gateway-cilium-gateway-" + gateway);
  }

  /** The node that announces the address of a Gateway. */
  String announcer(String gateway) {
    return lease(gateway).at("/spec/holderIdentity").asText();
  }

  /** The hardware address of a node's card on the LAN, in capitals. */
  String hardware(String node) {
    var card = card(node);
    var found = HARDWARE.matcher(card);
    if (!found.find()) {
      throw new AssertionError("no hardware address in " + card);
    }
    return found.group(1).toUpperCase(Locale.ROOT);
  }

  private String card(String node) {
    return lab.exec("ip", "-n", "node-" + node, "address", "show", "eth0").out();
  }

  /** Pulls the plug. */
  void off(String node) {
    lab.project().lab("power", "off", node).succeeded();
  }

  /** Boots a machine and waits until it and all that it runs is ready again. */
  void on(String node) {
    lab.project().lab("power", "on", node).succeeded();
    awaitReady(node, "True");
    Wait.until("every pod is ready again", PATIENCE, () -> unready().isEmpty(), this::unready);
  }

  /**
   * Puts the announcement of a Gateway's address on a worker. A control plane that loses its power
   * takes more along than an address, and its elections have times of their own.
   */
  String announcingWorker(String gateway) {
    for (int attempt = 0; attempt < 8; attempt++) {
      var announcer = announcer(gateway);
      if (!announcer.startsWith("cp")) {
        return announcer;
      }
      restartAgentsOfControlPlanes();
      Wait.until(
          "somebody has the lease",
          Duration.ofMinutes(1),
          () -> !announcer(gateway).isEmpty(),
          () -> lease(gateway).toPrettyString());
    }
    throw new AssertionError("no worker got the lease in eight elections");
  }

  /** They give their leases up, and while they start the others take them. */
  private void restartAgentsOfControlPlanes() {
    var command = new ArrayList<>(List.of("kubectl", "delete", "pods", "-n", "kube-system"));
    for (var pod : lab.get("pods", "-n", "kube-system", "-l", "k8s-app=cilium").at("/items")) {
      if (pod.at("/spec/nodeName").asText().startsWith("cp")) {
        command.add(pod.at("/metadata/name").asText());
      }
    }
    lab.exec(command.toArray(String[]::new)).succeeded();
  }

  /** The machine that has the address that the control planes share. */
  String holder(String address) {
    for (var machine : lab.project().lab("power").succeeded().out().lines().skip(1).toList()) {
      var name = machine.strip().split("\\s+")[0];
      if (card(name).contains("inet " + address + "/")) {
        return name;
      }
    }
    return "nobody";
  }

  /** Waits until the cluster says so of a node: True, False or Unknown. */
  void awaitReady(String node, String status) {
    Wait.until(
        node + " is Ready=" + status,
        PATIENCE,
        () -> ready(node).equals(status),
        () -> "Ready=" + ready(node));
  }

  private String ready(String node) {
    return condition(lab.get("node", node), "Ready");
  }

  private String unready() {
    var text = new StringBuilder();
    for (var pod : lab.get("pods", "-A").at("/items")) {
      if (!pod.at("/status/phase").asText().equals("Succeeded")
          && !condition(pod, "Ready").equals("True")) {
        text.append(pod.at("/metadata/name").asText()).append(' ');
      }
    }
    return text.toString();
  }

  private static String condition(JsonNode object, String type) {
    return StreamSupport.stream(object.at("/status/conditions").spliterator(), false)
        .filter(condition -> condition.at("/type").asText().equals(type))
        .map(condition -> condition.at("/status").asText())
        .findFirst()
        .orElse("missing");
  }
}
