package starbase.net;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import starbase.rules.InvalidValueException;

/**
 * A TCP port.
 *
 * @param number 1 to 65535
 */
public record Port(@JsonValue int number) {
  /**
   * @throws IllegalArgumentException if the number is not a port's
   */
  @JsonCreator
  public Port {
    if (number < 1 || number > 65535) {
      throw new InvalidValueException("is not a port", "1 to 65535");
    }
  }

  @Override
  public String toString() {
    return Integer.toString(number);
  }
}
