/**
 * Kubernetes objects that have no typed class, Helm releases, and waiting for either to be ready.
 *
 * <p>Depends on nothing of the lab but {@code starbase.net}. Everything about the Kubernetes
 * provider's own ways (annotations, patches, chart paths) is known here and nowhere else.
 */
@NullMarked
package starbase.kubernetes;

import org.jspecify.annotations.NullMarked;
