package starbase.apps;

import java.util.Optional;
import starbase.net.DnsLabel;
import starbase.net.Port;
import starbase.rules.Rules;

/**
 * Where a rule sends requests.
 *
 * @param service a Service of the application's namespace
 * @param port the Service's port
 * @param weight its share of the requests, beside those of the rule's other backends; 1 if left out
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
