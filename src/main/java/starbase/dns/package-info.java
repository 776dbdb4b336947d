/**
 * The names that make the lab reachable: records, and the same as a zone, a hosts file and
 * dnsmasq's lines.
 */
@NullMarked
package starbase.dns;

import org.jspecify.annotations.NullMarked;
