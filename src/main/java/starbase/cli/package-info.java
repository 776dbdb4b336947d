/** What people do with a lab: the commands of the program's own jar. */
@NullMarked
package starbase.cli;

import org.jspecify.annotations.NullMarked;
