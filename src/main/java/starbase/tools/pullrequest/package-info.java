/** What a pull request would change, for those who review it: the engine's plan as Markdown. */
@NullMarked
package starbase.tools.pullrequest;

import org.jspecify.annotations.NullMarked;
