package starbase.policies;

import starbase.net.DnsLabel;
import starbase.net.Port;

/**
 * A Service that a route leads to and that another tool makes.
 *
 * @param service the Service's name
 * @param port the port at which its pods listen
 */
public record ForeignBackend(DnsLabel service, Port port) {}
