package starbase.net;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import starbase.rules.InvalidValueException;

/**
 * A regular expression in the syntax of RE2, which Go and Envoy read. It is smaller than Java's:
 * look-around, back-references and possessive quantifiers are not in it, so that any expression is
 * matched in linear time.
 *
 * @param text the expression
 */
public record Expression(@JsonValue String text) {
  /**
   * @throws IllegalArgumentException with RE2's reason if text is empty or no such expression
   */
  @JsonCreator
  public Expression {
    if (text.isBlank()) {
      throw new InvalidValueException("is empty", "a regular expression, such as v[12].*");
    }
    try {
      Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new InvalidValueException(
          "is not a regular expression of RE2: %s: `%s`"
              .formatted(e.getDescription(), e.getPattern()),
          "what RE2 and Go can read: no look-around, back-references or possessive quantifiers"
              + " (https://github.com/google/re2/wiki/Syntax)");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
