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
 * @param chart Cilium's chart
 * @param addresses the address pool of LoadBalancer Services and Gateways: networks and ranges
 * @param interfaces regular expressions (Go) of the network interfaces on which nodes announce
 *     these addresses
 * @param announcingNodes the nodes that announce these addresses, by label; default: all
 * @param encryption encryption between nodes; default: none
 * @param values chart values, which override this program's
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
