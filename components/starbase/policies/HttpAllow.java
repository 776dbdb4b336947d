package starbase.policies;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import starbase.net.Expression;
import starbase.net.HttpMethod;
import starbase.rules.Rules;

/**
 * Allowed HTTP requests.
 *
 * @param method the method
 * @param path a regular expression for the whole path; default: all paths
 */
public record HttpAllow(HttpMethod method, Optional<Expression> path) {
  /**
   * @throws IllegalArgumentException if path is not one for a path
   */
  public HttpAllow {
    new Rules()
        .require(
            path.map(its -> its.text().startsWith("/")).orElse(true),
            "path",
            "is not an expression for a path",
            "one that starts with a slash, such as /api/.*")
        .enforce();
  }

  Map<String, Object> rule() {
    var rule = new LinkedHashMap<String, Object>();
    rule.put("method", method.name());
    path.ifPresent(its -> rule.put("path", its.text()));
    return rule;
  }
}
