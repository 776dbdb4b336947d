package starbase.gateways;

import java.util.Optional;
import starbase.net.DnsLabel;
import starbase.net.Hostname;
import starbase.net.Port;

/**
 * One listener of a Gateway. With a certificate it speaks HTTPS and ends TLS, without one HTTP.
 *
 * @param name what routes call it
 * @param port where it listens
 * @param hostname which hostnames it takes
 * @param certificate the secret with the certificate, in the Gateway's namespace
 */
public record ListenerConfig(
    DnsLabel name, Port port, Hostname hostname, Optional<DnsLabel> certificate) {}
