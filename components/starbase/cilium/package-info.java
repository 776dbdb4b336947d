/**
 * Cilium: the CNI, the GatewayClass {@code cilium}, the addresses for LoadBalancer Services and
 * their announcement on the LAN. Depends on the Gateway API's definitions; provides a network,
 * without which no other pod starts.
 */
@NullMarked
package starbase.cilium;

import org.jspecify.annotations.NullMarked;
