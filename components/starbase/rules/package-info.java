/** How a configuration record or a value says which of its rules is broken. Depends on nothing. */
@NullMarked
package starbase.rules;

import org.jspecify.annotations.NullMarked;
