package starbase.config;

import com.pulumi.exceptions.RunException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The configuration has problems. The message lists them all; people see it without a stack trace.
 */
public final class InvalidConfig extends RunException {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  /**
   * @param problems at least one
   */
  public InvalidConfig(List<Problem> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  /** All problems, in the order of the configuration. */
  public List<Problem> problems() {
    return problems;
  }

  private static String message(List<Problem> problems) {
    return problems.stream()
        .map(problem -> "\n  - " + problem)
        .collect(
            Collectors.joining(
                "",
                "the configuration has "
                    + (problems.size() == 1 ? "1 problem" : problems.size() + " problems")
                    + "; nothing was changed:",
                ""));
  }
}
