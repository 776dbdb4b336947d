/**
 * The program: what is built, in which order, and what comes back.
 *
 * <p>The layers (folder {@code components}) say what can be built and do not know each other;
 * {@link starbase.Lab} says who depends on whom. {@code stack} reads what a person wrote, {@code
 * sources}, {@code preflight} and {@code waits} ask the world outside. {@code tools}, the commands
 * for people, use all of it and are used by nothing.
 */
@NullMarked
package starbase;

import org.jspecify.annotations.NullMarked;
