package starbase.apps;

import java.util.Optional;
import starbase.net.Address;
import starbase.net.DnsLabel;
import starbase.net.Hostname;
import starbase.net.Port;
import starbase.rules.Rules;

/**
 * The Service of an application.
 *
 * @param name the Service's name
 * @param port the Service's port
 * @param address an address on the LAN from Cilium's pool; default: reachable in the cluster only
 * @param hostname the DNS name of that address
 */
public record ServiceConfig(
    DnsLabel name, Port port, Optional<Address> address, Optional<Hostname> hostname) {
  /**
   * @throws IllegalArgumentException if the name starts with a digit, which Kubernetes refuses for
   *     a Service (RFC 1035), or there is a hostname but no address that it could be of
   */
  public ServiceConfig {
    new Rules()
        .require(
            !Character.isDigit(name.text().charAt(0)),
            "name",
            "is not a Service name",
            "a name that starts with a letter")
        .require(
            hostname.isEmpty() || address.isPresent(),
            "hostname",
            "needs an address",
            "address: beside it, or no hostname")
        .enforce();
  }
}
