package starbase.machines;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;
import starbase.net.DnsLabel;
import starbase.net.Sha256;
import starbase.rules.InvalidValueException;
import starbase.rules.TextPattern;

/**
 * The hardware address of one network card.
 *
 * @param text six pairs of digits in upper case, as Proxmox writes it
 */
@TextPattern(value = MacAddress.TEXT, example = "BC:24:11:00:01:0B")
public record MacAddress(@JsonValue String text) {
  static final String TEXT = "[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}";

  private static final Pattern FORM = Pattern.compile(TEXT);

  /** Registered to Proxmox Server Solutions for its virtual machines. */
  private static final String PROXMOX = "BC:24:11";

  /**
   * @throws IllegalArgumentException if text is no such address, or one of a group
   */
  @JsonCreator
  public MacAddress {
    if (!FORM.matcher(text).matches()) {
      throw new InvalidValueException(
          "is not a MAC address", "six pairs of hexadecimal digits, such as BC:24:11:00:01:0B");
    }
    // The first bit on the wire (IEEE 802): set, it is the address of a group of cards.
    if (Integer.parseInt(text.substring(0, 2), 16) % 2 == 1) {
      throw new InvalidValueException(
          "is a multicast address, which no card has",
          "an address whose first pair is even, such as BC:24:11:00:01:0B");
    }
    text = text.toUpperCase(Locale.ROOT);
  }

  /**
   * An address for a machine that was given none: the same at every run, so that a reservation in
   * the router holds, and another one in every cluster.
   */
  public static MacAddress of(String cluster, DnsLabel machine) {
    return of(cluster + "/" + machine);
  }

  /**
   * Likewise for a further network card.
   *
   * @param index which one, from 0
   */
  static MacAddress of(String cluster, DnsLabel machine, int index) {
    return of("%s/%s/%d".formatted(cluster, machine, index));
  }

  private static MacAddress of(String owner) {
    var digest = Sha256.of(owner).hex();
    return new MacAddress(
        "%s:%s:%s:%s"
            .formatted(
                PROXMOX, digest.substring(0, 2), digest.substring(2, 4), digest.substring(4, 6)));
  }

  @Override
  public String toString() {
    return text;
  }
}
