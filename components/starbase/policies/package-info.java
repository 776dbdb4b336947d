/**
 * Who may talk to whom in production namespaces: all that is not allowed is denied. Depends on
 * Cilium's kinds and on the namespaces; provides that requests from the Gateways get through to
 * what routes lead to, and nothing else does.
 */
@NullMarked
package starbase.policies;

import org.jspecify.annotations.NullMarked;
