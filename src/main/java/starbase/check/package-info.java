/** Rules about the plan as a whole, which no single record can see. */
@NullMarked
package starbase.check;

import org.jspecify.annotations.NullMarked;
