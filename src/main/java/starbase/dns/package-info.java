/**
 * The names and addresses of the lab, as records, a zone file, a hosts file and dnsmasq's
 * configuration.
 */
@NullMarked
package starbase.dns;

import org.jspecify.annotations.NullMarked;
