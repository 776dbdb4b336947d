package starbase.net;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Pattern;
import starbase.rules.InvalidValueException;
import starbase.rules.TextPattern;

/**
 * A hostname as the Gateway API takes it: lower case, no trailing dot, and the first label may be
 * {@code *}.
 *
 * @param text at most 253 characters
 */
@TextPattern(value = Hostname.WRITTEN, example = "home.starbasestudio.uk")
public record Hostname(@JsonValue String text) {
  static final String TEXT =
      "(\\*\\.)?[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*";

  /** As it may stand in a stack file, where its end may be the lab's suffix. */
  static final String WRITTEN =
      TEXT + "|(\\*\\.)?([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\\.)*\\$\\{suffix\\}";

  private static final Pattern FORM = Pattern.compile(TEXT);

  /** Source: RFC 1035, 2.3.4. */
  private static final int LONGEST = 253;

  private static final int LONGEST_LABEL = 63;
  private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");

  /**
   * @throws IllegalArgumentException if text is no such hostname; an IP address is none either
   */
  @JsonCreator
  public Hostname {
    if (text.length() > LONGEST) {
      throw new InvalidValueException(
          "is %d characters long".formatted(text.length()),
          "at most %d characters in all".formatted(LONGEST));
    }
    for (var label : text.split("\\.", -1)) {
      if (label.length() > LONGEST_LABEL) {
        throw new InvalidValueException(
            "has a label of %d characters".formatted(label.length()),
            "at most %d characters between two dots".formatted(LONGEST_LABEL));
      }
    }
    if (!FORM.matcher(text).matches() || NUMBERS.matcher(text).matches()) {
      throw new InvalidValueException(
          "is not a hostname",
          "lower case labels of letters, digits and - joined by dots,"
              + " such as home.starbasestudio.uk or *.starbasestudio.uk");
    }
  }

  /** Whether it stands for all names with one more label. */
  public boolean isWildcard() {
    return text.startsWith("*.");
  }

  /**
   * What a listener's and a route's hostname have in common, as the Gateway API defines it: a
   * wildcard takes any number of labels in its place, but at least one.
   */
  public Optional<Hostname> common(Hostname other) {
    if (takes(other)) {
      return Optional.of(other);
    }
    return other.takes(this) ? Optional.of(this) : Optional.empty();
  }

  /** Whether every name that the other stands for is one that this stands for. */
  public boolean takes(Hostname other) {
    return equals(other)
        || isWildcard()
            && other.text.endsWith(text.substring(1))
            && other.text.length() > text.length() - 1;
  }

  @Override
  public String toString() {
    return text;
  }
}
