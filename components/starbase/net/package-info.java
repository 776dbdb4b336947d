/** Names, addresses, ports and digests as values: each refuses a text that is not one. */
@NullMarked
package starbase.net;

import org.jspecify.annotations.NullMarked;
