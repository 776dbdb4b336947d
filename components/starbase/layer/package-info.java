/**
 * The base class of all layers: a component that waits for its objects. Each layer has a package of
 * its own and knows no other layer.
 */
@NullMarked
package starbase.layer;

import org.jspecify.annotations.NullMarked;
