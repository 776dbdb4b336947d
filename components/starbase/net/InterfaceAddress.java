package starbase.net;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.regex.Pattern;
import starbase.rules.InvalidValueException;
import starbase.rules.TextPattern;

/**
 * The address of a network card, with the length of its network.
 *
 * @param address the card's own
 * @param length how many leading bits are the network's, 1 to 32
 */
@TextPattern(value = InterfaceAddress.TEXT, example = "10.0.20.11/24")
public record InterfaceAddress(Address address, int length) {
  static final String TEXT = "([0-9.]+)/(\\d{1,2})";

  private static final Pattern FORM = Pattern.compile(TEXT);

  /**
   * @throws IllegalArgumentException if the length is not from 1 to 32
   */
  public InterfaceAddress {
    if (length < 1 || length > 32) {
      throw new InvalidValueException("has prefix length " + length, "1 to 32");
    }
  }

  /**
   * Reads {@code address/length}.
   *
   * @throws IllegalArgumentException if text is anything else
   */
  @JsonCreator
  public static InterfaceAddress parse(String text) {
    Address.refuseIpv6(text, "10.0.20.11/24");
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidValueException(
          "is not an address with a prefix length",
          "an address with a prefix length, such as 10.0.20.11/24");
    }
    return new InterfaceAddress(
        Address.parse(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  @Override
  public String toString() {
    return address + "/" + length;
  }
}
