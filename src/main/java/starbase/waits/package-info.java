/** How the program waits until objects of a cluster are ready, and why one is not. */
@NullMarked
package starbase.waits;

import org.jspecify.annotations.NullMarked;
