/** Rules about the plan as a whole, which no single record can see. */
@NullMarked
package starbase.stack.rules;

import org.jspecify.annotations.NullMarked;
