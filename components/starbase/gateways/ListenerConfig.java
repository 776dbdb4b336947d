package starbase.gateways;

import java.util.Map;
import java.util.Optional;
import starbase.net.DnsLabel;
import starbase.net.Hostname;
import starbase.net.Port;
import starbase.rules.Rules;

/**
 * One listener of a Gateway. With a certificate it speaks HTTPS and ends TLS, without one HTTP,
 * unless its protocol says TLS.
 *
 * @param name the name by which routes refer to it
 * @param port its port
 * @param hostname the hostnames that it serves; default: all
 * @param certificate the secret with the certificate, in the Gateway's namespace
 * @param protocol only needed for TLS and TCP, which pass through to the application; TCP has no
 *     hostname
 * @param allowedRoutes the namespaces whose routes may attach; default: all
 * @param tlsOptions further TLS settings for the Gateway's controller
 *     (spec.listeners[].tls.options)
 */
public record ListenerConfig(
    DnsLabel name,
    Port port,
    Optional<Hostname> hostname,
    Optional<DnsLabel> certificate,
    Optional<Protocol> protocol,
    Optional<AllowedRoutes> allowedRoutes,
    Optional<Map<String, String>> tlsOptions) {
  /**
   * @throws IllegalArgumentException if protocol, certificate and hostname do not fit each other
   */
  public ListenerConfig {
    var fitting = certificate.isPresent() ? Protocol.HTTPS : Protocol.HTTP;
    new Rules()
        .require(
            protocol.map(its -> certificate.isEmpty() || its == Protocol.HTTPS).orElse(true),
            "protocol",
            "can't be combined with certificate",
            "HTTPS, or no certificate")
        .require(
            protocol.map(its -> its != Protocol.HTTPS || its == fitting).orElse(true),
            "protocol",
            "needs a certificate",
            "a certificate beside it; TLS if the application has the certificate; HTTP")
        .require(
            hostname.isEmpty() || protocol.orElse(fitting) != Protocol.TCP,
            "hostname",
            "is not supported with protocol TCP",
            "no hostname; or protocol TLS, whose clients send one")
        .require(
            tlsOptions.isEmpty() || certificate.isPresent(),
            "tlsOptions",
            "need a certificate",
            "a certificate beside them, or no tlsOptions")
        .enforce();
  }

  /** What it speaks. */
  public Protocol speaks() {
    return protocol.orElse(certificate.isPresent() ? Protocol.HTTPS : Protocol.HTTP);
  }

  /** The intersection with a route's hostname; empty if they have no name in common. */
  public Optional<Hostname> common(Hostname route) {
    return hostname.isEmpty() ? Optional.of(route) : hostname.get().common(route);
  }

  /** Whether it takes every name that the hostname stands for. */
  public boolean takes(Hostname route) {
    return hostname.map(its -> its.takes(route)).orElse(true);
  }

  /** Of listeners that take a hostname, requests go to that with the greatest. */
  public int specificity() {
    return hostname
        .map(its -> its.isWildcard() ? its.text().length() : Integer.MAX_VALUE)
        .orElse(0);
  }

  /** Its hostname, for messages. */
  public String taken() {
    return hostname.map(Hostname::text).orElse("any hostname");
  }

  /** From which namespaces routes may attach. */
  public AllowedRoutes allows() {
    return allowedRoutes.orElseGet(AllowedRoutes.All::new);
  }
}
