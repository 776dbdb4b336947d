package starbase.findings;

/** How bad a finding is. */
public enum Severity {
  /** The lab is not built. */
  ERROR,
  /** It may be meant, so the lab is built, and the person is told. */
  WARNING
}
