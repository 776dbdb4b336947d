package starbase.apps;

import starbase.net.DnsLabel;

/**
 * The identity of a Service in a cluster. (A {@code Map.Entry} of the two would do, but for its
 * hash: that is 0 for all whose namespace and name are equal, which is common.)
 *
 * @param namespace where it is
 * @param name its name there
 */
public record ServiceName(DnsLabel namespace, DnsLabel name) {}
