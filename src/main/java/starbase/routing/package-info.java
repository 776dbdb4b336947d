/** Which listeners of which Gateways an application attaches to. */
@NullMarked
package starbase.routing;

import org.jspecify.annotations.NullMarked;
