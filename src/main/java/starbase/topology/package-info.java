/**
 * A lab as a picture: from clients on the left, by the layers they pass, to pods on the right.
 *
 * <p>A typed model, placed on a grid, drawn by small renderers.
 */
@NullMarked
package starbase.topology;

import org.jspecify.annotations.NullMarked;
