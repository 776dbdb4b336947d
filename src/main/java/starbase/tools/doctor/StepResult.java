package starbase.tools.doctor;

/** What a step found. */
sealed interface StepResult {
  /** A sentence with the values that were seen. */
  String said();

  /** All is well. */
  record Fine(String said) implements StepResult {}

  /**
   * The request ends here.
   *
   * @param owner the layer that answers for it
   * @param further one command that shows more
   */
  record Broken(Owner owner, String said, String further) implements StepResult {}

  static StepResult fine(String form, Object... values) {
    return new Fine(form.formatted(values));
  }

  static StepResult broken(Owner owner, String further, String form, Object... values) {
    return new Broken(owner, form.formatted(values), further);
  }
}
