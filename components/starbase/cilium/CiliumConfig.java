package starbase.cilium;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import starbase.kubernetes.ChartSource;
import starbase.net.AddressBlock;

/**
 * Cilium in this lab.
 *
 * @param chart the chart
 * @param addresses the pool that LoadBalancer Services and Gateways take their addresses from
 * @param interfaces regular expressions (Go's) of the network interfaces that announce them
 * @param values laid over the values beside the class
 */
public record CiliumConfig(
    ChartSource chart,
    List<AddressBlock> addresses,
    List<String> interfaces,
    Optional<Map<String, Object>> values) {
  /**
   * @throws IllegalArgumentException if there are no addresses or interfaces
   */
  public CiliumConfig {
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("addresses is empty; allowed: at least one range");
    }
    if (interfaces.isEmpty()) {
      throw new IllegalArgumentException(
          "interfaces is empty; allowed: at least one regular expression, as in ^eth");
    }
  }
}
