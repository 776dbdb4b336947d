/** What is wrong with a lab, as people read it: where, what, and what is allowed instead. */
@NullMarked
package starbase.findings;

import org.jspecify.annotations.NullMarked;
