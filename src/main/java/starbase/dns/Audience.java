package starbase.dns;

/** Who is meant to reach something by its name. */
public enum Audience {
  /** Those on the LAN only. */
  INTERNAL,
  /** Those outside too, once the router lets them in. */
  EXTERNAL;

  /** The word for it in outputs. */
  public String text() {
    return this == INTERNAL ? "internal" : "external";
  }
}
