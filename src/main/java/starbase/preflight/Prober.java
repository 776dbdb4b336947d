package starbase.preflight;

import java.util.Map;
import java.util.Set;
import starbase.net.Address;

/** Finds out whether an address is already in use. */
public interface Prober {
  /** What was heard from an address. */
  enum Presence {
    /** It answers, and a router may answer in its place. */
    ANSWERS,
    /** It answers on this computer's own LAN. */
    ON_LAN
  }

  /** What was heard from each of them; an address that is left out is silent. */
  Map<Address, Presence> look(Set<Address> addresses);
}
