/**
 * The Gateway API's own definitions. Depends on a cluster; provides the kinds Gateway, HTTPRoute
 * and so on, which Cilium's operator looks for once, when it starts.
 */
@NullMarked
package starbase.gatewayapi;

import org.jspecify.annotations.NullMarked;
