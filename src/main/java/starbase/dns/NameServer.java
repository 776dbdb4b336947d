package starbase.dns;

import java.util.Optional;
import starbase.net.Address;
import starbase.net.Hostname;
import starbase.rules.Rules;

/**
 * The server that answers for the zone.
 *
 * @param name its name
 * @param address its address; needed if its name is in the zone itself, as nobody else can say it
 */
public record NameServer(Hostname name, Optional<Address> address) {
  /**
   * @throws IllegalArgumentException if the name is a wildcard
   */
  public NameServer {
    new Rules()
        .require(!name.isWildcard(), "name", "is a wildcard", "the name of one server")
        .enforce();
  }
}
