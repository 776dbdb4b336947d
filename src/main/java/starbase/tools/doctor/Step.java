package starbase.tools.doctor;

/** One step of a request path. */
interface Step {
  /** A word for people. */
  String name();

  /** Who answers for it, unless a finding names somebody else. */
  Owner layer();

  /** Looks at that step; all steps before it are fine. */
  StepResult examine(Examination examination);
}
