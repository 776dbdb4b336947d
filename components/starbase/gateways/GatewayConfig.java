package starbase.gateways;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import starbase.net.Address;
import starbase.net.DnsLabel;

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
    if (listeners.isEmpty()) {
      throw new IllegalArgumentException("listeners is empty; allowed: at least one");
    }
    var names = new HashSet<DnsLabel>();
    for (var listener : listeners) {
      if (!names.add(listener.name())) {
        throw new IllegalArgumentException(
            "listeners has the name \"%s\" twice; allowed: each name once"
                .formatted(listener.name()));
      }
    }
  }

  /** The HTTP listeners that do nothing but redirect. */
  public List<ListenerConfig> redirecting() {
    return redirectToHttps.orElse(true)
        ? listeners.stream().filter(listener -> listener.certificate().isEmpty()).toList()
        : List.of();
  }
}
