package starbase.net;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;
import starbase.rules.InvalidValueException;
import starbase.rules.TextPattern;

/**
 * The name of a host without its domain, as Proxmox names its nodes.
 *
 * <p>Source: pve-common, PVE::JSONSchema, format pve-node; 63 characters as RFC 1123 has it.
 *
 * @param text for instance pve1 or NUC-01
 */
@TextPattern(value = HostName.TEXT, example = "pve1")
public record HostName(@JsonValue String text) implements Comparable<HostName> {
  static final String TEXT = "[A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?";

  private static final Pattern FORM = Pattern.compile(TEXT);

  /**
   * @throws IllegalArgumentException if text is no such name
   */
  @JsonCreator
  public HostName {
    if (!FORM.matcher(text).matches()) {
      throw new InvalidValueException(
          "is not the name of a host",
          "1 to 63 letters, digits and -, without a domain, as pvecm nodes lists it: pve, not"
              + " pve.lan");
    }
  }

  @Override
  public int compareTo(HostName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
