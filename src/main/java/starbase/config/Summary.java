package starbase.config;

import java.util.Comparator;
import java.util.List;

/** Findings counted and put in order. */
public final class Summary {
  private Summary() {}

  /** For instance {@code the configuration has 2 problems and 1 warning}. */
  public static String of(List<Finding> findings) {
    long errors = findings.stream().filter(finding -> finding.severity() == Severity.ERROR).count();
    long warnings = findings.size() - errors;
    return "the configuration has "
        + counted(errors, "problem")
        + (warnings == 0 ? "" : " and " + counted(warnings, "warning"));
  }

  /** Errors first; else in the order they were found. */
  public static List<Finding> sorted(List<Finding> findings) {
    return findings.stream().sorted(Comparator.comparing(Finding::severity)).toList();
  }

  /** For instance {@code 1 problem} or {@code 2 problems}. */
  public static String counted(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
