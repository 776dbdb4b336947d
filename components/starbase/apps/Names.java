package starbase.apps;

import java.util.List;
import java.util.Locale;
import starbase.rules.Rules;

/** Names of headers and parameters, which the Gateway API takes once a match. */
final class Names {
  private Names() {}

  static void once(Rules rules, String field, List<ValueMatch> matches) {
    var names = matches.stream().map(match -> match.name().toLowerCase(Locale.ROOT)).toList();
    for (int i = 0; i < names.size(); i++) {
      rules.require(
          names.indexOf(names.get(i)) == i,
          field + "[" + i + "].name",
          "stands there twice",
          "each name once");
    }
  }
}
