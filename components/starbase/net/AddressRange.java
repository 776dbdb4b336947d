package starbase.net;

import com.fasterxml.jackson.annotation.JsonCreator;
import starbase.rules.InvalidValueException;
import starbase.rules.TextPattern;

/**
 * All addresses from the first to the last, both included.
 *
 * @param first the lowest address
 * @param last the highest address
 */
@TextPattern(value = AddressRange.TEXT, example = "192.168.1.200-192.168.1.250")
public record AddressRange(Address first, Address last) implements AddressBlock {
  static final String TEXT = "[0-9.]+ *- *[0-9.]+";

  /**
   * @throws IllegalArgumentException if the last address is below the first
   */
  public AddressRange {
    if (last.compareTo(first) < 0) {
      throw new InvalidValueException(
          "ends before it starts", "the lower address first, such as " + last + "-" + first);
    }
  }

  /**
   * Reads {@code first-last}.
   *
   * @throws IllegalArgumentException if text is not such a range
   */
  @JsonCreator
  public static AddressRange parse(String text) {
    Address.refuseIpv6(text, "192.168.1.101-192.168.1.114");
    int dash = text.indexOf('-');
    if (dash < 0) {
      throw new InvalidValueException(
          "is neither a range nor a CIDR",
          "either of them, such as 192.168.1.101-192.168.1.114 or 192.168.1.96/28");
    }
    return new AddressRange(
        end(text.substring(0, dash).strip()), end(text.substring(dash + 1).strip()));
  }

  private static Address end(String text) {
    try {
      return Address.parse(text);
    } catch (InvalidValueException e) {
      var violation = e.violations().get(0);
      throw new InvalidValueException(
          "holds \"" + text + "\", which " + violation.wrong(), violation.allowed());
    }
  }

  @Override
  public String toString() {
    return first + "-" + last;
  }
}
