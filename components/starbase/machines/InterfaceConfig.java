package starbase.machines;

import java.util.Optional;
import starbase.net.InterfaceAddress;
import starbase.rules.Rules;

/**
 * One more network card of a machine.
 *
 * @param bridge the host's bridge that it is connected to; without it, that of the first card
 * @param vlan the tag of its VLAN; without it, none
 * @param mtu the largest packet, in bytes; without it, that of the network
 * @param mac its hardware address; a virtual machine's without it gets one made of its name
 * @param address its own, as 10.0.20.11/24; without it, it has none
 */
public record InterfaceConfig(
    Optional<String> bridge,
    Optional<Integer> vlan,
    Optional<Integer> mtu,
    Optional<MacAddress> mac,
    Optional<InterfaceAddress> address) {
  /**
   * @throws IllegalArgumentException if a name or number is none that Proxmox or Linux takes
   */
  public InterfaceConfig {
    var rules = new Rules();
    NetworkRules.require(rules, bridge, vlan, mtu);
    rules.enforce();
  }
}
