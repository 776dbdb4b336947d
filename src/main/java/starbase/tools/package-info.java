/** What people do with a lab: the commands of the program's own jar. */
@NullMarked
package starbase.tools;

import org.jspecify.annotations.NullMarked;
