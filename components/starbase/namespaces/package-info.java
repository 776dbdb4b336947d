/**
 * The namespaces of the lab. Depends on a cluster; provides the places that certificates, Gateways
 * and applications are put in.
 */
@NullMarked
package starbase.namespaces;

import org.jspecify.annotations.NullMarked;
