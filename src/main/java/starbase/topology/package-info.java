/**
 * How requests go through a lab: from clients on the left, by the layers they pass, to pods on the
 * right; as a model, and as the Mermaid diagram that the stack returns.
 */
@NullMarked
package starbase.topology;

import org.jspecify.annotations.NullMarked;
