package starbase.config;

import com.pulumi.exceptions.RunException;
import java.util.List;
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
    super(message(findings));
    this.findings = List.copyOf(findings);
  }

  /** All findings, in the order of the configuration. */
  public List<Finding> findings() {
    return findings;
  }

  private static String message(List<Finding> findings) {
    return Summary.of(findings)
        + "; nothing was changed:"
        + Summary.sorted(findings).stream()
            .map(finding -> "\n  - " + finding)
            .collect(Collectors.joining());
  }
}
