package starbase.dns;

import java.util.List;
import java.util.Optional;
import starbase.net.DnsLabel;
import starbase.net.Hostname;
import starbase.rules.Rules;

/**
 * The form of the stack's DNS outputs.
 *
 * @param zone the domain of the zone file
 * @param ttl how long resolvers may cache an answer, in seconds
 * @param nameServer the name server of the zone
 * @param external the Gateways whose names are also for clients outside the LAN
 * @param wildcard the Gateway that serves every name of the zone without a record of its own;
 *     default: such names do not exist
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
    var rules =
        new Rules()
            .require(
                !zone.isWildcard(), "zone", "is a wildcard", "a domain, such as starbasestudio.uk")
            .require(
                ttl > 0, "ttl", "is below one second", "1 to %d seconds".formatted(GREATEST_TTL))
            .require(
                nameServer.address().isPresent() || !isInZone(zone, nameServer.name()),
                "nameServer.name",
                "is in the zone and needs an address",
                "address: beside it, or a name outside the zone");
    for (int i = 0; i < external.size(); i++) {
      rules.require(
          external.indexOf(external.get(i)) == i,
          "external[" + i + "]",
          "is listed twice",
          "each Gateway once");
    }
    rules.enforce();
  }

  /** Whether the name is the zone's own or below it. */
  boolean holds(Hostname name) {
    return isInZone(zone, name);
  }

  /** Who is meant to reach what is behind that Gateway. */
  public Audience audience(DnsLabel gateway) {
    return external.contains(gateway) ? Audience.EXTERNAL : Audience.INTERNAL;
  }

  private static boolean isInZone(Hostname zone, Hostname name) {
    return name.equals(zone) || name.text().endsWith("." + zone);
  }
}
