package starbase.apps;

import java.util.Optional;
import starbase.net.Address;
import starbase.net.DnsLabel;
import starbase.net.Hostname;
import starbase.net.Port;

/**
 * The Service of an application.
 *
 * @param name its name
 * @param port its port
 * @param address an address of its own on the LAN, from Cilium's pool; without it, inside only
 * @param hostname the name of that address in DNS
 */
public record ServiceConfig(
    DnsLabel name, Port port, Optional<Address> address, Optional<Hostname> hostname) {
  /**
   * @throws IllegalArgumentException if there is a hostname but no address that it could be of
   */
  public ServiceConfig {
    if (hostname.isPresent() && address.isEmpty()) {
      throw new IllegalArgumentException(
          "hostname \"%s\" is of no address; allowed: with an address beside it"
              .formatted(hostname.get()));
    }
  }
}
