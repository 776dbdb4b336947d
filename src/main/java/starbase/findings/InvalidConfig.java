package starbase.findings;

import com.pulumi.exceptions.RunException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The configuration has problems. The message lists them all; people see it without a stack trace.
 */
public final class InvalidConfig extends RunException {
  private static final long serialVersionUID = 1;

  private final transient List<Finding> findings;

  /**
   * @param findings at least one error; warnings are listed after the errors
   */
  public InvalidConfig(List<Finding> findings) {
    this(findings, finding -> "");
  }

  /**
   * @param findings at least one error; warnings are listed after the errors
   * @param place the text before each finding that tells where it is
   */
  public InvalidConfig(List<Finding> findings, Function<Finding, String> place) {
    super(message(findings, place));
    this.findings = List.copyOf(findings);
  }

  /** All findings, in the order of the configuration. */
  public List<Finding> findings() {
    return findings;
  }

  private static String message(List<Finding> findings, Function<Finding, String> place) {
    return Summary.of(findings)
        + "; nothing was changed:"
        + Summary.sorted(findings).stream()
            .map(finding -> "\n  - " + place.apply(finding) + finding)
            .collect(Collectors.joining());
  }
}
