/**
 * The stack file: read, and checked as a whole by {@code stack.rules}. {@link
 * starbase.stack.LabConfig} is the lab as it describes it.
 */
@NullMarked
package starbase.stack;

import org.jspecify.annotations.NullMarked;
