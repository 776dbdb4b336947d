package starbase.apps;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCHeaderMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPHeaderMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPQueryParamMatch;
import java.util.Optional;
import java.util.regex.Pattern;
import starbase.net.Expression;
import starbase.rules.Rules;

/**
 * A condition on a header or on a query parameter.
 *
 * @param name the name of the header or parameter
 * @param value the exact value
 * @param pattern in place of value, an RE2 expression for the whole value
 */
public record ValueMatch(String name, Optional<String> value, Optional<Expression> pattern) {
  /** A token of HTTP (RFC 9110, 5.6.2). */
  /** How messages say what {@link #TOKEN} takes. */
  static final String FORM = "letters, digits and dashes, such as x-canary";

  static final Pattern TOKEN = Pattern.compile("[-!#$%&'*+.^_`|~A-Za-z0-9]{1,256}");

  /**
   * @throws IllegalArgumentException if the name is none, or it has not one of value and pattern
   */
  public ValueMatch {
    new Rules()
        .require(TOKEN.matcher(name).matches(), "name", "is not a header name", FORM)
        .require(
            value.isPresent() != pattern.isPresent(),
            "value",
            value.isPresent() ? "can't be combined with pattern" : "is missing",
            "either value or pattern")
        .require(
            value.map(its -> !its.isEmpty()).orElse(true),
            "value",
            "is empty",
            "at least one character")
        .enforce();
  }

  HTTPHeaderMatch header() {
    return new HTTPHeaderMatch(name, type(), text());
  }

  HTTPQueryParamMatch query() {
    return new HTTPQueryParamMatch(name, type(), text());
  }

  GRPCHeaderMatch metadata() {
    return new GRPCHeaderMatch(name, type(), text());
  }

  private String type() {
    return value.isPresent() ? "Exact" : "RegularExpression";
  }

  private String text() {
    return value.or(() -> pattern.map(Expression::text)).orElseThrow();
  }
}
