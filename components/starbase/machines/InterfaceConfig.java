package starbase.machines;

import java.util.Optional;
import starbase.net.InterfaceAddress;
import starbase.rules.Rules;

/**
 * An additional network card of a machine.
 *
 * @param bridge the host's bridge; default: that of the first card
 * @param vlan the VLAN tag; default: none
 * @param mtu the MTU in bytes; default: the network's
 * @param mac the hardware address; default for virtual machines: one made from the name
 * @param address the address with its prefix length, such as 10.0.20.11/24; default: none
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
