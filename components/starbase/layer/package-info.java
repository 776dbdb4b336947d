/**
 * What all layers are: components whose objects are awaited. Each layer has a package of its own
 * and knows no other layer.
 */
@NullMarked
package starbase.layer;

import org.jspecify.annotations.NullMarked;
