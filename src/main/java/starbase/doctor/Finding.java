package starbase.doctor;

/** What a step found. */
sealed interface Finding {
  /** A sentence with the values that were seen. */
  String said();

  /** All is well. */
  record Fine(String said) implements Finding {}

  /**
   * The request ends here.
   *
   * @param owner the layer that answers for it
   * @param further one command that shows more
   */
  record Broken(Owner owner, String said, String further) implements Finding {}

  static Finding fine(String form, Object... values) {
    return new Fine(form.formatted(values));
  }

  static Finding broken(Owner owner, String further, String form, Object... values) {
    return new Broken(owner, form.formatted(values), further);
  }
}
