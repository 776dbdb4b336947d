package starbase.tools.doctor;

import java.util.Locale;

/** Who answers for a broken step: a layer of the lab, or the person's own DNS. */
public enum Owner {
  DNS,
  CILIUM,
  GATEWAYS,
  CERTS,
  APPS;

  /** The layer's name in the stack file. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
