package starbase.net;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The LAN of the lab. Machines get its router and DNS servers, and the check compares all addresses
 * with it.
 *
 * @param lan the network of the nodes and of the announced addresses
 * @param router the router's address
 * @param dns the addresses of the DNS servers
 * @param dhcp the range that the DHCP server assigns
 * @param hosts other machines by name, Proxmox hosts among them
 */
public record NetworkConfig(
    Cidr lan,
    Address router,
    Optional<List<Address>> dns,
    Optional<AddressRange> dhcp,
    Optional<Map<HostName, Address>> hosts) {}
