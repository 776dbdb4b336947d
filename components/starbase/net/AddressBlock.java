package starbase.net;

import com.fasterxml.jackson.annotation.JsonCreator;
import starbase.rules.TextPattern;

/** Neighbouring addresses, written as a range or in CIDR form. */
@TextPattern(value = Cidr.TEXT + "|" + AddressRange.TEXT, example = "192.168.1.101-192.168.1.114")
public sealed interface AddressBlock permits AddressRange, Cidr {
  /** The lowest address of the block. */
  Address first();

  /** The highest address of the block. */
  Address last();

  /** Whether the block holds the address. */
  default boolean contains(Address address) {
    return first().compareTo(address) <= 0 && address.compareTo(last()) <= 0;
  }

  /** Whether both hold an address. */
  default boolean overlaps(AddressBlock other) {
    return first().compareTo(other.last()) <= 0 && other.first().compareTo(last()) <= 0;
  }

  /**
   * Reads {@code first-last} or {@code network/length}.
   *
   * @throws IllegalArgumentException if text is neither
   */
  @JsonCreator
  static AddressBlock parse(String text) {
    if (text.contains("/")) {
      return Cidr.parseOrRange(text);
    }
    return AddressRange.parse(text);
  }
}
