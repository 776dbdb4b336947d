package starbase.apps;

import java.util.Optional;
import starbase.net.DnsLabel;
import starbase.net.Port;
import starbase.rules.Rules;

/**
 * The target of a rule.
 *
 * @param service a Service in the application's namespace
 * @param port the Service's port
 * @param weight its share of the requests, relative to the rule's other backends; default: 1
 */
public record BackendConfig(DnsLabel service, Port port, Optional<Integer> weight) {
  /** The Gateway API's own limit. */
  private static final int HEAVIEST = 1_000_000;

  /**
   * @throws IllegalArgumentException if the weight is not one that the Gateway API takes
   */
  public BackendConfig {
    new Rules()
        .require(
            weight.map(its -> its >= 0 && its <= HEAVIEST).orElse(true),
            "weight",
            "is not a weight",
            "0 to " + HEAVIEST)
        .enforce();
  }

  /** Its share: what the Gateway API takes where none is said. */
  int share() {
    return weight.orElse(1);
  }
}
