package starbase.gatewayapi;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;
import starbase.rules.Form;
import starbase.rules.Refused;

/**
 * The SHA-256 of a file.
 *
 * @param hex 64 lower case digits
 */
@Form(Sha256.TEXT)
public record Sha256(@JsonValue String hex) {
  static final String TEXT = "[0-9a-f]{64}";

  private static final Pattern FORM = Pattern.compile(TEXT);

  /**
   * @throws IllegalArgumentException if hex is no such digest
   */
  @JsonCreator
  public Sha256 {
    if (!FORM.matcher(hex).matches()) {
      throw new Refused("is not a SHA-256", "64 digits of 0-9 and a-f, as sha256sum prints them");
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}
