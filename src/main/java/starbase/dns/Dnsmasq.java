package starbase.dns;

import java.util.stream.Collectors;

/**
 * Records as dnsmasq's configuration.
 *
 * <p>A name is a {@code host-record}, which is that name only; {@code address} also takes all names
 * below it and serves for wildcards.
 */
public final class Dnsmasq {
  private Dnsmasq() {}

  /** The lines, by name. */
  public static String of(DnsRecords records) {
    return records.all().stream().map(Dnsmasq::line).collect(Collectors.joining());
  }

  private static String line(DnsRecord its) {
    return its.name().isWildcard()
        ? "address=/%s/%s\n".formatted(its.name().text().substring(2), its.address())
        : "host-record=%s,%s,%d\n".formatted(its.name(), its.address(), its.ttl());
  }
}
