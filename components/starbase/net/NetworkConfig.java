package starbase.net;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The network that the lab is put into. Nothing is made of it: the lab's addresses are checked
 * against it.
 *
 * @param lan the network that the nodes are in, and that addresses are announced to
 * @param router its router
 * @param dns the DNS servers, here or elsewhere
 * @param dhcp the addresses that are given to whoever asks
 * @param hosts machines that are there already, by name: hypervisors, storage, printers
 */
public record NetworkConfig(
    Cidr lan,
    Address router,
    Optional<List<Address>> dns,
    Optional<AddressRange> dhcp,
    Optional<Map<HostName, Address>> hosts) {}
