/**
 * Reads configuration into records, strictly, and finds all that is wrong with it at once.
 *
 * <p>Knows records and their field types, but none of the lab's own.
 */
@NullMarked
package starbase.stack.binding;

import org.jspecify.annotations.NullMarked;
