package starbase.cilium;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import starbase.kubernetes.ChartSource;
import starbase.net.AddressBlock;
import starbase.net.Expression;
import starbase.rules.Rules;

/**
 * Cilium in this lab.
 *
 * @param chart the chart
 * @param addresses the pool that LoadBalancer Services and Gateways take their addresses from
 * @param interfaces regular expressions (Go's) of the network interfaces that announce them
 * @param announcingNodes the nodes that announce them, by their labels; all if left out
 * @param encryption between nodes; none if left out
 * @param values laid over the values beside the class
 */
public record CiliumConfig(
    ChartSource chart,
    List<AddressBlock> addresses,
    List<Expression> interfaces,
    Optional<NodeSelectorConfig> announcingNodes,
    Optional<EncryptionConfig> encryption,
    Optional<Map<String, Object>> values) {
  /**
   * @throws IllegalArgumentException if there are no addresses or interfaces
   */
  public CiliumConfig {
    new Rules()
        .require(!addresses.isEmpty(), "addresses", "is empty", "at least one range")
        .require(
            !interfaces.isEmpty(),
            "interfaces",
            "is empty",
            "at least one regular expression, such as ^eth")
        .enforce();
  }
}
