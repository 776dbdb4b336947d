package starbase.kubernetes;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.regex.Pattern;
import starbase.rules.InvalidValueException;
import starbase.rules.TextPattern;

/**
 * An exact version (Semantic Versioning 2.0.0), with or without a v before it.
 *
 * @param text as it is written
 */
@TextPattern(value = Version.TEXT, example = "v1.36.4")
public record Version(@JsonValue String text) implements Comparable<Version> {
  static final String TEXT =
      "v?(0|[1-9]\\d{0,5})\\.(0|[1-9]\\d{0,5})\\.(0|[1-9]\\d{0,5})(-[0-9A-Za-z.-]+)?";

  private static final Pattern FORM = Pattern.compile(TEXT);

  /**
   * @throws IllegalArgumentException if text is no such version
   */
  @JsonCreator
  public Version {
    if (!isVersion(text)) {
      throw new InvalidValueException(
          "is not an exact version", "three numbers, such as 1.36.4 or v1.36.4");
    }
  }

  /** Whether the text is such a version. */
  public static boolean isVersion(String text) {
    return FORM.matcher(text).matches();
  }

  /** Major and minor number, as in 1.36: what compatibility is promised by. */
  public String line() {
    return part(1) + "." + part(2);
  }

  /** The version with a v before it, as the tags of Talos and of its images have it. */
  public String tag() {
    return text.startsWith("v") ? text : "v" + text;
  }

  /** Orders by the three numbers; a pre-release counts as its release. */
  @Override
  public int compareTo(Version other) {
    return Comparator.<Version>comparingInt(version -> version.part(1))
        .thenComparingInt(version -> version.part(2))
        .thenComparingInt(version -> version.part(3))
        .compare(this, other);
  }

  private int part(int group) {
    var matcher = FORM.matcher(text);
    return matcher.matches() ? Integer.parseInt(matcher.group(group)) : 0;
  }

  @Override
  public String toString() {
    return text;
  }
}
