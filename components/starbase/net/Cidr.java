package starbase.net;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import starbase.rules.InvalidValueException;
import starbase.rules.TextPattern;

/**
 * A network in CIDR form (RFC 4632).
 *
 * @param first its network address
 * @param length how many leading bits are the network's, 0 to 32
 */
@TextPattern(value = Cidr.TEXT, example = "192.168.1.0/24")
public record Cidr(Address first, int length) implements AddressBlock {
  static final String TEXT = "([0-9.]+)/(\\d{1,2})";

  private static final Pattern FORM = Pattern.compile(TEXT);

  /**
   * @throws IllegalArgumentException if the length is above 32, or the address is not the first of
   *     its network. Such a text is usually a slip: the writer meant the addresses from there on.
   */
  public Cidr {
    if (length < 0 || length > 32) {
      throw new InvalidValueException("has prefix length " + length, "0 to 32");
    }
    if (!isAligned(first, length)) {
      throw misaligned(first, length, "");
    }
  }

  /**
   * Reads {@code network/length}.
   *
   * @throws IllegalArgumentException if text is not an aligned network
   */
  @JsonCreator
  public static Cidr parse(String text) {
    var matcher = matched(text);
    return new Cidr(Address.parse(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Likewise, where a range may stand too. */
  static Cidr parseOrRange(String text) {
    var matcher = matched(text);
    var first = Address.parse(matcher.group(1));
    int length = Integer.parseInt(matcher.group(2));
    if (length <= 32 && !isAligned(first, length)) {
      throw misaligned(first, length, ", or a range, such as " + meant(first, length));
    }
    return new Cidr(first, length);
  }

  private static Matcher matched(String text) {
    Address.refuseIpv6(text, "192.168.1.96/28");
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidValueException(
          "is not a CIDR", "an address with a prefix length, such as 192.168.1.96/28");
    }
    return matcher;
  }

  private static boolean isAligned(Address first, int length) {
    return (first.bits() & hostBits(length)) == 0;
  }

  private static InvalidValueException misaligned(Address first, int length, String otherwise) {
    long start = first.bits() & ~hostBits(length);
    return new InvalidValueException(
        "is not aligned: /%d is a block of %d addresses, and %s is in the block %s-%s"
            .formatted(
                length,
                hostBits(length) + 1,
                first,
                new Address(start),
                new Address(start | hostBits(length))),
        "%s/%d%s".formatted(new Address(start), length, otherwise));
  }

  @Override
  public Address last() {
    return new Address(first.bits() | hostBits(length));
  }

  /** As many addresses from there on, without the first and the last, which no host may have. */
  private static String meant(Address from, int length) {
    long last = Math.min(from.bits() + hostBits(length), Address.LAST);
    return length > 30
        ? from + "-" + new Address(last)
        : new Address(from.bits() + 1) + "-" + new Address(last - 1);
  }

  private static long hostBits(int length) {
    return Address.LAST >> length;
  }

  @Override
  public String toString() {
    return first + "/" + length;
  }
}
