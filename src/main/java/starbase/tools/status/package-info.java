/** How a lab is, as its cluster says, for people to read. */
@NullMarked
package starbase.tools.status;

import org.jspecify.annotations.NullMarked;
