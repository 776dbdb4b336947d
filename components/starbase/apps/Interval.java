package starbase.apps;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.regex.Pattern;
import starbase.rules.InvalidValueException;
import starbase.rules.TextPattern;

/**
 * A length of time as the Gateway API writes it (GEP-2257).
 *
 * @param text as in 10s or 1m30s
 */
@TextPattern(value = Interval.TEXT, example = "10s")
public record Interval(@JsonValue String text) implements Comparable<Interval> {
  static final String TEXT = "([0-9]{1,5}(h|m|s|ms)){1,4}";

  private static final Pattern FORM = Pattern.compile(TEXT);
  private static final Pattern PART = Pattern.compile("([0-9]{1,5})(h|ms|m|s)");

  /**
   * @throws IllegalArgumentException if text is no such length
   */
  @JsonCreator
  public Interval {
    if (!FORM.matcher(text).matches()) {
      throw new InvalidValueException(
          "is not a duration", "numbers with units, such as 10s, 1m30s or 500ms");
    }
  }

  @Override
  public int compareTo(Interval other) {
    return duration().compareTo(other.duration());
  }

  private Duration duration() {
    var sum = Duration.ZERO;
    var parts = PART.matcher(text);
    while (parts.find()) {
      long count = Long.parseLong(parts.group(1));
      sum =
          sum.plus(
              switch (parts.group(2)) {
                case "h" -> Duration.ofHours(count);
                case "m" -> Duration.ofMinutes(count);
                case "s" -> Duration.ofSeconds(count);
                default -> Duration.ofMillis(count);
              });
    }
    return sum;
  }

  @Override
  public String toString() {
    return text;
  }
}
