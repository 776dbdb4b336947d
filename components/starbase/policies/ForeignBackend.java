package starbase.policies;

import starbase.net.DnsLabel;
import starbase.net.Port;

/**
 * A Service that a route leads to and this lab does not make: what is behind it has to be told.
 *
 * @param service its name
 * @param port where its pods listen
 */
public record ForeignBackend(DnsLabel service, Port port) {}
