/**
 * What an API server or a chart would refuse, known without either: the schemas of the pinned
 * versions, kept as resources. Depends on nothing of the lab.
 */
@NullMarked
package starbase.stack.definitions;

import org.jspecify.annotations.NullMarked;
