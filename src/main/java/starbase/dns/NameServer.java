package starbase.dns;

import java.util.Optional;
import starbase.net.Address;
import starbase.net.Hostname;
import starbase.rules.Rules;

/**
 * The name server of the zone.
 *
 * @param name the server's name
 * @param address the server's address; required if its name is in the zone
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
