package starbase.gateways;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import starbase.net.Address;
import starbase.net.DnsLabel;
import starbase.rules.Rules;

/**
 * One Gateway.
 *
 * @param namespace where it is, and where its certificates' secrets are
 * @param address the address that clients reach it at
 * @param listeners what it listens to
 * @param redirectToHttps whether its HTTP listeners send clients to HTTPS; if left out, they do
 */
public record GatewayConfig(
    DnsLabel namespace,
    Address address,
    List<ListenerConfig> listeners,
    Optional<Boolean> redirectToHttps) {
  /**
   * @throws IllegalArgumentException if there are no listeners, or two of one name
   */
  public GatewayConfig {
    var rules =
        new Rules().require(!listeners.isEmpty(), "listeners", "is empty", "at least one listener");
    var names = new HashSet<DnsLabel>();
    for (int i = 0; i < listeners.size(); i++) {
      rules.require(
          names.add(listeners.get(i).name()),
          "listeners[" + i + "].name",
          "is the name of another listener too",
          "each name once");
    }
    rules.enforce();
  }

  /** The HTTP listeners that do nothing but redirect. */
  public List<ListenerConfig> redirecting() {
    return redirectToHttps.orElse(true)
        ? listeners.stream().filter(listener -> listener.certificate().isEmpty()).toList()
        : List.of();
  }
}
