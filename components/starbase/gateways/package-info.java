/**
 * The Gateways: an address, listeners and their certificates. Depends on the GatewayClass and on
 * the certificates' secrets; provides the addresses and the listeners that routes attach to.
 */
@NullMarked
package starbase.gateways;

import org.jspecify.annotations.NullMarked;
