package starbase.dns;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import starbase.net.Address;

/** Records as lines of a hosts file: an address with all its names. It has no wildcards. */
public final class HostsFile {
  private HostsFile() {}

  /** The lines, by address. */
  public static String of(DnsRecords records) {
    Map<Address, String> names =
        records.all().stream()
            .filter(its -> !its.name().isWildcard())
            .collect(
                Collectors.groupingBy(
                    DnsRecord::address,
                    TreeMap::new,
                    Collectors.mapping(its -> its.name().text(), Collectors.joining(" "))));
    return names.entrySet().stream()
        .map(its -> "%-15s %s\n".formatted(its.getKey(), its.getValue()))
        .collect(Collectors.joining());
  }
}
