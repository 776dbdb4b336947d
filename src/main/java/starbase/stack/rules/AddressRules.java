package starbase.stack.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import starbase.findings.Finding;
import starbase.net.Address;
import starbase.net.AddressBlock;
import starbase.net.NetworkConfig;

/** Each address has one owner, and is one that a host of the LAN may have. */
final class AddressRules {
  private AddressRules() {}

  static List<Finding> check(LabView plan) {
    var uses = AddressUse.all(plan);
    var findings = new ArrayList<Finding>();
    var owners = new HashMap<Address, AddressUse>();
    for (var use : uses) {
      var owner = owners.putIfAbsent(use.address(), use);
      if (owner != null) {
        findings.add(
            Finding.error(use.key(), "is already used by %s".formatted(owner.key()))
                .given(use.address())
                .allowed(free(plan, use, uses)));
      }
    }
    plan.draft().network().ifPresent(network -> findings.addAll(onLan(plan, network, uses)));
    return findings;
  }

  private static List<Finding> onLan(LabView plan, NetworkConfig network, List<AddressUse> uses) {
    var findings = new ArrayList<Finding>();
    var lan = network.lan();
    for (var use : uses) {
      boolean elsewhere = !lan.contains(use.address());
      // A DNS server may be anywhere; what is outside the pool is said there.
      if (use.key().contains(".dns[") || (use.announced() && elsewhere)) {
        continue;
      }
      if (elsewhere) {
        findings.add(
            Finding.error(use.key(), "is outside the LAN " + lan)
                .given(use.address())
                .allowed(free(plan, use, uses)));
      } else if (isNoHosts(network, use.address())) {
        findings.add(
            Finding.error(use.key(), "is the LAN's first or last address, which no host can have")
                .given(use.address())
                .allowed(free(plan, use, uses)));
      } else if (!use.announced() && isGivenAway(network, use.address())) {
        findings.add(
            Finding.warning(
                    use.key(),
                    "is in starbase:network.dhcp (%s), so the router may give it to another host"
                        .formatted(network.dhcp().map(AddressBlock::toString).orElse("")))
                .given(use.address())
                .allowed("an address outside it, or a reservation for this machine in the router"));
      }
    }
    network
        .dhcp()
        .filter(dhcp -> !(lan.contains(dhcp.first()) && lan.contains(dhcp.last())))
        .ifPresent(
            dhcp ->
                findings.add(
                    Finding.error("starbase:network.dhcp", "is not inside the LAN " + lan)
                        .given(dhcp)
                        .allowed("a part of " + lan.first() + "-" + lan.last())));
    return findings;
  }

  /** Whether it is the network's own address or its broadcast address. */
  static boolean isNoHosts(NetworkConfig network, Address address) {
    var lan = network.lan();
    return lan.length() < 31 && (address.equals(lan.first()) || address.equals(lan.last()));
  }

  private static boolean isGivenAway(NetworkConfig network, Address address) {
    return network.dhcp().map(dhcp -> dhcp.contains(address)).orElse(false);
  }

  /** An address that would do in its place. */
  static String free(LabView plan, AddressUse use, List<AddressUse> uses) {
    var taken = uses.stream().map(AddressUse::address).collect(Collectors.toSet());
    var found = use.announced() ? freeInPool(plan, taken) : freeOnLan(plan, taken);
    return found.map("a free one, such as "::concat).orElse("a free address");
  }

  private static Optional<String> freeInPool(LabView plan, Set<Address> taken) {
    return plan.pool().stream().flatMap(block -> untaken(block, taken).stream()).findFirst();
  }

  private static Optional<String> freeOnLan(LabView plan, Set<Address> taken) {
    return plan.draft()
        .network()
        .flatMap(
            network ->
                all(network.lan())
                    .filter(address -> !taken.contains(address))
                    .filter(address -> !isNoHosts(network, address))
                    .filter(address -> !isGivenAway(network, address))
                    .filter(address -> plan.pool().stream().noneMatch(b -> b.contains(address)))
                    .findFirst()
                    .map(Address::toString));
  }

  private static Optional<String> untaken(AddressBlock block, Set<Address> taken) {
    return all(block)
        .filter(address -> !taken.contains(address))
        .findFirst()
        .map(Address::toString);
  }

  private static Stream<Address> all(AddressBlock block) {
    return LongStream.rangeClosed(block.first().bits(), block.last().bits()).mapToObj(Address::new);
  }
}
