/**
 * The Common Expression Language (CEL), as far as the rules of the pinned definitions speak it. Not
 * by Google's library, which takes longer to load than a whole check takes: the tests hold this one
 * against it.
 */
@NullMarked
package starbase.stack.cel;

import org.jspecify.annotations.NullMarked;
