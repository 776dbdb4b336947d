package starbase.cilium;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import starbase.kubernetes.ChartSource;
import starbase.net.AddressBlock;
import starbase.rules.Rules;

/**
 * Cilium in this lab.
 *
 * @param chart the chart
 * @param addresses the pool that LoadBalancer Services and Gateways take their addresses from
 * @param interfaces regular expressions (Go's) of the network interfaces that announce them
 * @param encryption between nodes; none if left out
 * @param values laid over the values beside the class
 */
public record CiliumConfig(
    ChartSource chart,
    List<AddressBlock> addresses,
    List<String> interfaces,
    Optional<EncryptionConfig> encryption,
    Optional<Map<String, Object>> values) {
  /**
   * @throws IllegalArgumentException if there are no addresses or interfaces, or an interface is no
   *     regular expression
   */
  public CiliumConfig {
    var rules =
        new Rules()
            .require(!addresses.isEmpty(), "addresses", "is empty", "at least one range")
            .require(
                !interfaces.isEmpty(),
                "interfaces",
                "is empty",
                "at least one regular expression, as in ^eth");
    for (int i = 0; i < interfaces.size(); i++) {
      rules.require(
          isExpression(interfaces.get(i)),
          "interfaces[" + i + "]",
          "is not a regular expression",
          "one of Go's, as in ^eth");
    }
    rules.enforce();
  }

  /** What is an expression in Java and not in Go has parts that no interface's name needs. */
  private static boolean isExpression(String text) {
    try {
      Pattern.compile(text);
      return !text.isBlank();
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}
