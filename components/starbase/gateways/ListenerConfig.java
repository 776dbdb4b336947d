package starbase.gateways;

import java.util.Optional;
import starbase.net.DnsLabel;
import starbase.net.Hostname;
import starbase.net.Port;
import starbase.rules.Rules;

/**
 * One listener of a Gateway. With a certificate it speaks HTTPS and ends TLS, without one HTTP,
 * unless its protocol says TLS.
 *
 * @param name what routes call it
 * @param port where it listens
 * @param hostname which hostnames it takes
 * @param certificate the secret with the certificate, in the Gateway's namespace
 * @param protocol only needed for TLS, which goes through to the application
 * @param allowedRoutes from which namespaces routes may attach; from all if left out
 */
public record ListenerConfig(
    DnsLabel name,
    Port port,
    Hostname hostname,
    Optional<DnsLabel> certificate,
    Optional<Protocol> protocol,
    Optional<AllowedRoutes> allowedRoutes) {
  /**
   * @throws IllegalArgumentException if protocol and certificate do not fit each other
   */
  public ListenerConfig {
    var fitting = certificate.isPresent() ? Protocol.HTTPS : Protocol.HTTP;
    new Rules()
        .require(
            protocol.map(its -> certificate.isEmpty() || its == Protocol.HTTPS).orElse(true),
            "protocol",
            "shows no certificate, and there is one",
            "HTTPS, or no certificate")
        .require(
            protocol.map(its -> its != Protocol.HTTPS || its == fitting).orElse(true),
            "protocol",
            "needs a certificate",
            "a certificate beside it; TLS if the application has it, HTTP")
        .enforce();
  }

  /** What it speaks. */
  public Protocol speaks() {
    return protocol.orElse(certificate.isPresent() ? Protocol.HTTPS : Protocol.HTTP);
  }

  /** From which namespaces routes may attach. */
  public AllowedRoutes allows() {
    return allowedRoutes.orElseGet(AllowedRoutes.All::new);
  }
}
