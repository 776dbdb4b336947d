/**
 * Brings charts and manifests from the network, once: what is in the cache needs no network again.
 *
 * <p>Runs before the first resource. The Kubernetes provider could fetch charts itself, but does so
 * again at every preview, and a preview of this lab needs neither cluster nor network.
 */
@NullMarked
package starbase.sources;

import org.jspecify.annotations.NullMarked;
