/**
 * How requests go through a lab: from clients on the left, by the layers that they pass, to pods on
 * the right. There is a model, and the Mermaid diagram of the stack output {@code topology}.
 */
@NullMarked
package starbase.topology;

import org.jspecify.annotations.NullMarked;
