/** Findings about a lab, as people read them: the place, the mistake, and what is allowed. */
@NullMarked
package starbase.findings;

import org.jspecify.annotations.NullMarked;
