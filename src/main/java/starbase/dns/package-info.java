/**
 * The names and addresses that the lab is reached at: records, and the same as a zone, a hosts file
 * and dnsmasq's lines.
 */
@NullMarked
package starbase.dns;

import org.jspecify.annotations.NullMarked;
