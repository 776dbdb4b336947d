package starbase.apps;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import starbase.rules.Rules;

/** Regular expressions. What is one in Java and not in RE2 (look-around) nobody needs for names. */
final class Expressions {
  private Expressions() {}

  static Rules check(Rules rules, String field, String text) {
    return rules.require(
        isExpression(text),
        field,
        "is not a regular expression",
        "one of RE2's, for the whole value, as in v[12].*");
  }

  private static boolean isExpression(String text) {
    try {
      Pattern.compile(text);
      return !text.isBlank();
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}
