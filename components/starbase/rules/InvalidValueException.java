package starbase.rules;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A value or a record breaks its rules. Thrown by constructors; what reads the configuration adds
 * the key and the value that was given.
 */
public final class InvalidValueException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final transient List<Violation> violations;

  /**
   * A value that is wrong by itself.
   *
   * @param wrong what is wrong, as in {@code is not a port}
   * @param allowed what may stand there, as in {@code 1 to 65535}
   */
  public InvalidValueException(String wrong, String allowed) {
    this(List.of(new Violation("", wrong, allowed, Optional.empty())));
  }

  InvalidValueException(List<Violation> violations) {
    super(violations.stream().map(Violation::toString).collect(Collectors.joining("\n")));
    this.violations = List.copyOf(violations);
  }

  /** Every broken rule, in the order of the fields. */
  public List<Violation> violations() {
    return violations;
  }
}
