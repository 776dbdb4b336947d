/** A lab's topology as files that people open: an SVG picture, an HTML page, Markdown. */
@NullMarked
package starbase.tools.topology;

import org.jspecify.annotations.NullMarked;
