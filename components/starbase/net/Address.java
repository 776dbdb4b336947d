package starbase.net;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.regex.Pattern;
import starbase.rules.InvalidValueException;
import starbase.rules.TextPattern;

/**
 * An IPv4 address.
 *
 * @param bits the 32 bits, as an unsigned number
 */
@TextPattern(value = Address.TEXT, example = "192.168.1.101")
public record Address(long bits) implements Comparable<Address> {
  static final String TEXT =
      "(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})";

  private static final Pattern DOTTED = Pattern.compile(TEXT);

  /** Two colons or more, which no other form of addresses has. */
  private static final Pattern IPV6 =
      Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[-0-9A-Fa-f:./ ]*(%\\w+)?");

  /** The greatest address there is, 255.255.255.255. */
  static final long LAST = 0xFFFF_FFFFL;

  /**
   * @throws IllegalArgumentException if bits has more than 32 bits
   */
  public Address {
    if (bits < 0 || bits > LAST) {
      throw new InvalidValueException("has more than 32 bits", "0 to " + LAST);
    }
  }

  /**
   * Reads dotted decimal form.
   *
   * @throws IllegalArgumentException if text is anything else. Leading zeros are refused: some
   *     programs read them as octal.
   */
  @JsonCreator
  public static Address parse(String text) {
    refuseIpv6(text, "192.168.1.101");
    var matcher = DOTTED.matcher(text);
    long bits = 0;
    boolean valid = matcher.matches();
    for (int i = 1; valid && i <= 4; i++) {
      int part = Integer.parseInt(matcher.group(i));
      valid = part <= 255;
      bits = bits << 8 | part;
    }
    if (!valid) {
      throw new InvalidValueException(
          "is not an IPv4 address", "four numbers from 0 to 255, such as 192.168.1.101");
    }
    return new Address(bits);
  }

  /**
   * Refuses a text that has the form of IPv6: addresses, networks and ranges alike.
   *
   * @param example what may stand in its place
   * @throws IllegalArgumentException if it has
   */
  static void refuseIpv6(String text, String example) {
    if (IPV6.matcher(text).matches()) {
      throw new InvalidValueException(
          "is IPv6, which the lab does not support", "IPv4, such as " + example);
    }
  }

  @Override
  public int compareTo(Address other) {
    return Long.compare(bits, other.bits);
  }

  @Override
  public String toString() {
    return (bits >> 24) + "." + (bits >> 16 & 255) + "." + (bits >> 8 & 255) + "." + (bits & 255);
  }
}
