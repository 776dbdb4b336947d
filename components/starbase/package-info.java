/**
 * The lab's layers, one package each, and the program that puts them in order.
 *
 * <p>The layers (folder {@code components}) say what can be built and do not know each other;
 * {@link starbase.Lab} says who depends on whom.
 */
@NullMarked
package starbase;

import org.jspecify.annotations.NullMarked;
