/**
 * The program: what it builds, in which order, and the stack's outputs.
 *
 * <p>The layers (folder {@code components}) do not know each other; {@link starbase.Lab} puts them
 * in order. {@code stack} reads the stack file. {@code sources}, {@code preflight} and {@code
 * waits} read from servers, hosts and the cluster. The commands in {@code tools} use all of these
 * packages; no package depends on {@code tools}.
 */
@NullMarked
package starbase;

import org.jspecify.annotations.NullMarked;
