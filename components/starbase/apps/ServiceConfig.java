package starbase.apps;

import java.util.Optional;
import starbase.net.Address;
import starbase.net.DnsLabel;
import starbase.net.Port;

/**
 * The Service of an application.
 *
 * @param name its name
 * @param port its port
 * @param address an address of its own on the LAN, from Cilium's pool; without it, inside only
 */
public record ServiceConfig(DnsLabel name, Port port, Optional<Address> address) {}
