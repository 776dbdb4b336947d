package starbase.talos;

/** What a machine is for. */
enum Role {
  CONTROL_PLANE("controlplane"),
  WORKER("worker");

  private final String text;

  Role(String text) {
    this.text = text;
  }

  /** As Talos writes it. */
  @Override
  public String toString() {
    return text;
  }
}
