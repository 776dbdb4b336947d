package starbase.stack.binding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import starbase.findings.Finding;

/**
 * One finding for a value that YAML's readers disagree on, with the remedy for its key: a text
 * wants quotes, a number wants plain digits. Without the key's kind, both would be offered, and the
 * value that Pulumi takes it for would be judged as well.
 */
final class Ambiguities {
  private Ambiguities() {}

  /**
   * The findings about single values together with the ambiguous values.
   *
   * @param ambiguities of {@link YamlTree#ambiguities}, with the keys that the other findings have
   * @param kinds how the values of keys are written, by key; other keys are of any kind
   */
  static List<Finding> settled(
      List<Finding> ambiguities, List<Finding> findings, Map<String, ScalarKind> kinds) {
    var settled = new ArrayList<Finding>();
    var others = new ArrayList<>(findings);
    for (var ambiguity : ambiguities) {
      Predicate<Finding> isSameKey = other -> other.key().equals(ambiguity.key());
      var kind = kinds.get(ambiguity.key());
      if (ambiguity.given().isEmpty()) {
        settled.add(ambiguity);
        continue;
      }
      if (kind == null) {
        if (others.stream().noneMatch(isSameKey)) {
          settled.add(ambiguity);
        }
        continue;
      }
      var text = ambiguity.given().get();
      var number = PlainScalar.number(text);
      boolean isText = PlainScalar.value(text).isTextual();
      if (kind == ScalarKind.NUMBER && number.isPresent()) {
        others.removeIf(isSameKey);
        settled.add(ambiguity.allowed(number.get() + ", without quotes"));
      } else if (kind == ScalarKind.TEXT && !(isText && others.stream().anyMatch(isSameKey))) {
        others.removeIf(isSameKey); // it says that the value is no text, which the quotes mend
        settled.add(ambiguity.allowed("\"%s\" in quotes".formatted(text)));
      } else if (kind == ScalarKind.TEXT) {
        others.replaceAll(
            other -> isSameKey.test(other) ? other.remedy(other.remedy() + ", in quotes") : other);
      }
      // Else the other finding says already that it is no number, or neither true nor false.
    }
    settled.addAll(others);
    return settled;
  }
}
