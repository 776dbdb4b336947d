package starbase.apps;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import starbase.rules.Rules;

/**
 * The names of one list of headers or parameters, where each may be once: of two, the Gateway API
 * ignores the second.
 */
final class UniqueNames {
  private final Rules rules;
  private final UnaryOperator<String> compared;
  private final Map<String, String> taken = new HashMap<>();

  private UniqueNames(Rules rules, UnaryOperator<String> compared) {
    this.rules = rules;
    this.compared = compared;
  }

  /** Names of headers, or of gRPC's metadata: case is ignored (RFC 9110, 5.1). */
  static UniqueNames ofHeaders(Rules rules) {
    return new UniqueNames(rules, name -> name.toLowerCase(Locale.ROOT));
  }

  /** Names of a query's parameters: case counts. */
  static UniqueNames ofParameters(Rules rules) {
    return new UniqueNames(rules, UnaryOperator.identity());
  }

  /** Takes the names of a match. */
  void takeAll(String field, List<ValueMatch> matches) {
    for (int i = 0; i < matches.size(); i++) {
      take("%s[%d].name".formatted(field, i), matches.get(i).name());
    }
  }

  /** Takes one name. */
  void take(String field, String name) {
    var first = taken.putIfAbsent(compared.apply(name), name);
    if (first != null) {
      var wrong =
          first.equals(name)
              ? "is listed twice"
              : "is the same header as \"%s\": case is ignored".formatted(first);
      rules.require(false, field, wrong, "each name once");
    }
  }

  /** Whether a name was taken. */
  boolean hold(String name) {
    return taken.containsKey(compared.apply(name));
  }
}
