package starbase.policies;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import starbase.net.Cidr;
import starbase.net.DnsLabel;
import starbase.net.Hostname;
import starbase.net.Port;
import starbase.rules.Rules;

/** The other end of allowed traffic. */
public sealed interface PeerConfig {
  /** The port that is talked to: the peer's own on the way out, the pods' on the way in. */
  Port port();

  /** How a rule says who it is: the field's name without from or to, and what stands there. */
  Map.Entry<String, Object> who();

  /**
   * Pods in this cluster.
   *
   * @param namespace the pods' namespace
   * @param app the value of the pods' label app.kubernetes.io/name
   * @param port the port
   */
  record Pods(DnsLabel namespace, DnsLabel app, Port port) implements PeerConfig {
    @Override
    public Map.Entry<String, Object> who() {
      return Map.entry(
          "Endpoints",
          List.of(
              Map.of(
                  "matchLabels",
                  Map.of(
                      "k8s:io.kubernetes.pod.namespace", namespace.text(),
                      "k8s:app.kubernetes.io/name", app.text()))));
    }
  }

  /**
   * Addresses outside the cluster.
   *
   * @param cidr the network
   * @param port the port
   */
  record Network(Cidr cidr, Port port) implements PeerConfig {
    @Override
    public Map.Entry<String, Object> who() {
      return Map.entry("CIDR", List.of(cidr.toString()));
    }
  }

  /**
   * A host outside the cluster, by the addresses that DNS has for its name.
   *
   * @param name the name; may be a wildcard
   * @param port the port
   */
  record Host(Hostname name, Port port) implements PeerConfig {
    @Override
    public Map.Entry<String, Object> who() {
      return Map.entry(
          "FQDNs", List.of(Map.of(name.isWildcard() ? "matchPattern" : "matchName", name.text())));
    }
  }

  /**
   * One of Cilium's predefined entities.
   *
   * @param entity the entity's name
   * @param port the port
   */
  record Entity(String entity, Port port) implements PeerConfig {
    /** Source: cilium v1.20.2, pkg/policy/api/entity.go, those that people write. */
    private static final Set<String> KNOWN =
        Set.of(
            "all",
            "cluster",
            "health",
            "host",
            "ingress",
            "kube-apiserver",
            "remote-node",
            "unmanaged",
            "world");

    /**
     * @throws IllegalArgumentException if Cilium knows no such entity
     */
    public Entity {
      new Rules()
          .require(
              KNOWN.contains(entity),
              "entity",
              "is not a Cilium entity",
              String.join(", ", new TreeSet<>(KNOWN)))
          .enforce();
    }

    @Override
    public Map.Entry<String, Object> who() {
      return Map.entry("Entities", List.of(entity));
    }
  }
}
