package starbase.machines;

import java.util.Optional;
import java.util.regex.Pattern;
import starbase.rules.Rules;

/** What the first and every further network card have in common. */
final class NetworkRules {
  /** Source: Linux's IFNAMSIZ, as Proxmox's format pve-iface. */
  private static final Pattern BRIDGE = Pattern.compile("[A-Za-z][-A-Za-z0-9_.]{0,14}");

  /** Source: IEEE 802.1Q, which keeps 0 and 4095 for itself. */
  private static final int LAST_VLAN = 4094;

  /** IPv6 wants 1280 bytes (RFC 8200), and QEMU's virtio card takes 65520 at most. */
  private static final int SMALLEST_MTU = 1280;

  private static final int LARGEST_MTU = 65520;

  private NetworkRules() {}

  static void require(
      Rules rules, Optional<String> bridge, Optional<Integer> vlan, Optional<Integer> mtu) {
    rules
        .require(
            bridge.map(name -> BRIDGE.matcher(name).matches()).orElse(true),
            "bridge",
            "is not the name of a bridge",
            "one of the host's, such as vmbr0")
        .require(
            vlan.map(tag -> tag >= 1 && tag <= LAST_VLAN).orElse(true),
            "vlan",
            "is not a VLAN tag",
            "1 to " + LAST_VLAN + ", or the key left out for untagged packets")
        .require(
            mtu.map(bytes -> bytes >= SMALLEST_MTU && bytes <= LARGEST_MTU).orElse(true),
            "mtu",
            "is not an MTU",
            "%d to %d bytes".formatted(SMALLEST_MTU, LARGEST_MTU));
  }
}
