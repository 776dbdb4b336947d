package starbase.dns;

import java.util.List;
import java.util.Optional;
import starbase.net.DnsLabel;
import starbase.net.Hostname;

/**
 * How the lab's names are handed out.
 *
 * @param zone the domain that the zone file is for
 * @param ttl how long resolvers may keep an answer, in seconds
 * @param nameServer who answers for the zone
 * @param external Gateways whose names are for those outside too; all others are for the LAN only
 * @param wildcard the Gateway that gets every name of the zone that has no record of its own;
 *     without it, such names do not exist
 */
public record DnsConfig(
    Hostname zone,
    int ttl,
    NameServer nameServer,
    List<DnsLabel> external,
    Optional<DnsLabel> wildcard) {
  /** RFC 2181, section 8. */
  private static final int GREATEST_TTL = Integer.MAX_VALUE;

  /**
   * @throws IllegalArgumentException if the zone is a wildcard, the time to live is not positive, a
   *     Gateway stands twice among the external ones, or the name server has no address although
   *     its name is in the zone
   */
  public DnsConfig {
    if (zone.isWildcard()) {
      throw new IllegalArgumentException(
          "zone \"%s\" is a wildcard; allowed: a domain, as in starbasestudio.uk".formatted(zone));
    }
    if (ttl < 1) {
      throw new IllegalArgumentException(
          "ttl %d is below one second; allowed: 1 to %d seconds".formatted(ttl, GREATEST_TTL));
    }
    if (external.stream().distinct().count() < external.size()) {
      throw new IllegalArgumentException("external names a Gateway twice; allowed: each once");
    }
    if (nameServer.address().isEmpty() && isInZone(zone, nameServer.name())) {
      throw new IllegalArgumentException(
          "nameServer \"%s\" has no address and its name is in the zone itself; allowed: with an address"
              .formatted(nameServer.name()));
    }
  }

  /** Whether the name is the zone's own or below it. */
  boolean holds(Hostname name) {
    return isInZone(zone, name);
  }

  /** Who is meant to reach what is behind that Gateway. */
  public Reach reach(DnsLabel gateway) {
    return external.contains(gateway) ? Reach.EXTERNAL : Reach.INTERNAL;
  }

  private static boolean isInZone(Hostname zone, Hostname name) {
    return name.equals(zone) || name.text().endsWith("." + zone);
  }
}
