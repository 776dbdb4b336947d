package starbase.dns;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import starbase.net.Hostname;

/**
 * Records as a zone's master file (RFC 1035, section 5).
 *
 * <p>Records of other domains are left out: a server ignores them or refuses the file.
 */
public final class ZoneFile {
  private static final String LINE = "%-24s %-6s IN %-4s %s\n";

  private ZoneFile() {}

  /** The whole file. */
  public static String of(DnsRecords records) {
    var dns = records.dns();
    var body = body(records);
    return "$ORIGIN %s.\n$TTL %d\n".formatted(dns.zone(), dns.ttl()) + soa(dns, body) + body;
  }

  private static String body(DnsRecords records) {
    var dns = records.dns();
    var server = dns.nameServer();
    var ownAddress =
        server.address().stream()
            .filter(address -> dns.holds(server.name()))
            .map(address -> line(dns, server.name(), dns.ttl(), "A", address.toString()));
    var addresses =
        records.all().stream()
            .filter(its -> dns.holds(its.name()))
            .map(its -> line(dns, its.name(), its.ttl(), "A", its.address().toString()));
    return Stream.of(
            Stream.of(line(dns, dns.zone(), dns.ttl(), "NS", server.name() + ".")),
            ownAddress,
            addresses)
        .flatMap(lines -> lines)
        .distinct()
        .collect(Collectors.joining());
  }

  /**
   * The start of authority. Refresh, retry and expire are those of RFC 1912, section 2.2; answers
   * that a name does not exist are kept as long as answers that it does (RFC 2308).
   */
  private static String soa(DnsConfig dns, String body) {
    var values =
        List.of("%s.".formatted(dns.nameServer().name()), "hostmaster.%s.".formatted(dns.zone()));
    var times = "%d 3600 600 1209600 %d".formatted(serial(body), dns.ttl());
    return line(
        dns, dns.zone(), dns.ttl(), "SOA", "%s (%s)".formatted(String.join(" ", values), times));
  }

  /**
   * Made of the content, so that an unchanged lab has an unchanged zone. It changes with the
   * content but does not grow: secondaries that compare serials need a retransfer.
   */
  private static long serial(String body) {
    var checksum = new CRC32();
    checksum.update(body.getBytes(StandardCharsets.UTF_8));
    return Math.max(1, checksum.getValue());
  }

  private static String line(DnsConfig dns, Hostname name, int ttl, String type, String data) {
    return LINE.formatted(relative(dns, name), ttl, type, data);
  }

  private static String relative(DnsConfig dns, Hostname name) {
    return name.equals(dns.zone())
        ? "@"
        : name.text().substring(0, name.text().length() - dns.zone().text().length() - 1);
  }
}
