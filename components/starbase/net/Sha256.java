package starbase.net;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import starbase.rules.InvalidValueException;
import starbase.rules.TextPattern;

/**
 * The SHA-256 of a file or a text.
 *
 * @param hex 64 lower case digits
 */
@TextPattern(value = Sha256.TEXT, example = "64 digits of 0-9 and a-f")
public record Sha256(@JsonValue String hex) {
  static final String TEXT = "[0-9a-f]{64}";

  private static final Pattern FORM = Pattern.compile(TEXT);

  /**
   * @throws IllegalArgumentException if hex is no such digest
   */
  @JsonCreator
  public Sha256 {
    if (!FORM.matcher(hex).matches()) {
      throw new InvalidValueException(
          "is not a SHA-256", "64 digits of 0-9 and a-f, as sha256sum prints them");
    }
  }

  /** The digest of a text in UTF-8. */
  public static Sha256 of(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return new Sha256(
          HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8))));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}
