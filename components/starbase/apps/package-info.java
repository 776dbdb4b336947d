/**
 * The applications: their small workloads and the routes that lead to them. Depends on the
 * Gateways' listeners; provides the pages that people open.
 */
@NullMarked
package starbase.apps;

import org.jspecify.annotations.NullMarked;
