package starbase.net;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;
import starbase.rules.InvalidValueException;
import starbase.rules.TextPattern;

/**
 * One label of a DNS name as RFC 1123 has it; Kubernetes takes it as the name of any object.
 *
 * @param text at most 63 characters
 */
@TextPattern(value = DnsLabel.TEXT, example = "app-x")
public record DnsLabel(@JsonValue String text) {
  static final String TEXT = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

  private static final Pattern FORM = Pattern.compile(TEXT);

  /**
   * @throws IllegalArgumentException if text is no such label
   */
  @JsonCreator
  public DnsLabel {
    if (!FORM.matcher(text).matches()) {
      throw new InvalidValueException(
          "is not a name", "1 to 63 of a-z, 0-9 and -, with a letter or digit at both ends");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
