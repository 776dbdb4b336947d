package starbase.apps;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPPathMatch;
import starbase.net.Expression;
import starbase.rules.Rules;

/** A condition on the path. */
public sealed interface PathMatch {
  /** The same as the Gateway API has it. */
  HTTPPathMatch match();

  /**
   * Matches this path only.
   *
   * @param value the path
   */
  record Exact(String value) implements PathMatch {
    /**
     * @throws IllegalArgumentException if it is no path
     */
    public Exact {
      whole(value).enforce();
    }

    @Override
    public HTTPPathMatch match() {
      return new HTTPPathMatch("Exact", value);
    }
  }

  /**
   * Matches this path and all paths below it.
   *
   * @param value the path
   */
  record Prefix(String value) implements PathMatch {
    /**
     * @throws IllegalArgumentException if it is no path
     */
    public Prefix {
      whole(value).enforce();
    }

    @Override
    public HTTPPathMatch match() {
      return new HTTPPathMatch("PathPrefix", value);
    }
  }

  /**
   * Matches paths by a regular expression.
   *
   * @param value an RE2 expression for the whole path
   */
  record RegularExpression(Expression value) implements PathMatch {
    @Override
    public HTTPPathMatch match() {
      return new HTTPPathMatch("RegularExpression", value.text());
    }
  }

  /** The Gateway API's own rules for a path. */
  private static Rules whole(String value) {
    return new Rules()
        .require(
            value.startsWith("/") && !value.matches(".*(//|/\\./|/\\.\\./|%2[fF]|#|/\\.{1,2}$).*"),
            "value",
            "is not a path that can be matched",
            "one that starts with a slash, without //, dots between slashes or #, such as /api");
  }
}
