package starbase.kubernetes;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import starbase.net.Address;
import starbase.net.Cidr;
import starbase.net.DnsLabel;
import starbase.rules.Rules;

/**
 * What is known of a cluster before it is asked: its versions, and the addresses that it takes.
 *
 * @param kubernetes the version that it runs
 * @param talos the version of the system below it, if that is Talos
 * @param vip the address that its control planes share
 * @param controlPlanes their addresses, by name
 * @param workers their addresses, by name
 * @param pods the network of its pods
 * @param services the network of its Services
 */
public record ClusterPlan(
    Optional<Version> kubernetes,
    Optional<Version> talos,
    Optional<Address> vip,
    Map<DnsLabel, Address> controlPlanes,
    Optional<Map<DnsLabel, Address>> workers,
    Optional<Cidr> pods,
    Optional<Cidr> services) {
  /** Kubernetes gives each node a network of this length out of the pods' (its default). */
  private static final int NODE_LENGTH = 24;

  /** Kubernetes refuses larger networks of Services. */
  private static final int LARGEST_SERVICES = 12;

  /**
   * @throws IllegalArgumentException if there are no control planes or an even number, a node's
   *     name stands twice, or a network has not the size that Kubernetes asks for
   */
  public ClusterPlan {
    int nodes = controlPlanes.size() + workers.map(Map::size).orElse(0);
    var rules =
        new Rules()
            .require(!controlPlanes.isEmpty(), "controlPlanes", "is empty", "at least one machine")
            .require(
                controlPlanes.isEmpty() || controlPlanes.size() % 2 == 1,
                "controlPlanes",
                "has %d machines: etcd votes, and an even number stands fewer failures for its size"
                    .formatted(controlPlanes.size()),
                "an odd number, as 1, 3 or 5")
            .require(
                pods.map(
                        network ->
                            network.length() <= NODE_LENGTH
                                && 1L << (NODE_LENGTH - network.length()) >= nodes)
                    .orElse(true),
                "pods",
                "is too small: each of the %d nodes takes a /%d of it"
                    .formatted(nodes, NODE_LENGTH),
                "a larger network, as 10.244.0.0/16")
            .require(
                services.map(network -> network.length() >= LARGEST_SERVICES).orElse(true),
                "services",
                "is larger than Kubernetes takes",
                "/%d or smaller, as 10.96.0.0/12".formatted(LARGEST_SERVICES));
    for (var worker : workers.orElse(Map.of()).keySet()) {
      rules.require(
          !controlPlanes.containsKey(worker),
          "workers." + worker,
          "has the name of a control plane",
          "each name once");
    }
    rules.enforce();
  }

  /** The addresses of all nodes, by name. */
  public Map<DnsLabel, Address> nodes() {
    var nodes = new LinkedHashMap<>(controlPlanes);
    nodes.putAll(workers.orElse(Map.of()));
    return Collections.unmodifiableMap(nodes);
  }

  /** The lowest address of a node. */
  public Optional<Address> lowest() {
    return nodes().values().stream().min(Address::compareTo);
  }
}
