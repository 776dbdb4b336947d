package starbase.topology;

/** The layers that a request passes: the bands of the picture, left to right. */
public enum Lane {
  /** Those who ask. */
  CLIENTS("clients", "who asks"),
  /** Who gives out and announces addresses. */
  CILIUM("cilium", "no answer by address?"),
  /** Where requests arrive. */
  GATEWAYS("gateways", "no answer by hostname?"),
  /** What makes them trustworthy. */
  CERTS("certs", "a warning in the browser?"),
  /** What answers. */
  APPS("apps", "an error page?");

  private final String title;
  private final String question;

  Lane(String title, String question) {
    this.title = title;
    this.question = question;
  }

  /** The layer's name in the stack file. */
  public String title() {
    return title;
  }

  /** What is likely this layer's fault. */
  public String question() {
    return question;
  }
}
