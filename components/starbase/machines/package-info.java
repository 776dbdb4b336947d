/** The nodes of a cluster as the stack file describes them. Layers share these values. */
@NullMarked
package starbase.machines;

import org.jspecify.annotations.NullMarked;
