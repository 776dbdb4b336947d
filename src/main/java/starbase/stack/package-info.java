/**
 * Reads the stack file; {@code stack.rules} checks it as a whole. {@link starbase.stack.LabConfig}
 * is the lab that the file describes.
 */
@NullMarked
package starbase.stack;

import org.jspecify.annotations.NullMarked;
