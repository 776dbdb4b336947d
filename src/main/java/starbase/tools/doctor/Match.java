package starbase.tools.doctor;

import com.google.re2j.Pattern;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteMatch;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import starbase.net.Hostname;

/** How well hostnames and paths match. */
final class Match {
  private Match() {}

  /**
   * How well a listener's or route's hostname fits, by the Gateway API: its wildcard stands for one
   * label or more, the longer name wins, and none at all takes every host. Negative if it does not.
   */
  static int specificity(@Nullable String pattern, Hostname host) {
    if (pattern == null || pattern.isEmpty()) {
      return 0;
    }
    if (pattern.equals(host.text())) {
      return Integer.MAX_VALUE;
    }
    return pattern.startsWith("*.") && host.text().endsWith(pattern.substring(1))
        ? pattern.length()
        : -1;
  }

  /** The best of several; none at all takes every host. */
  static int specificity(List<String> patterns, Hostname host) {
    return patterns.isEmpty()
        ? 0
        : patterns.stream().mapToInt(each -> specificity(each, host)).max().orElse(-1);
  }

  /**
   * How well a route's paths fit, by the Gateway API: the path itself before the longest prefix,
   * and prefixes before expressions, whose order it leaves open. Negative if none fits.
   */
  static int ofPath(HTTPRoute route, String pathAndQuery) {
    var path = pathAndQuery.split("\\?", 2)[0];
    return route.getSpec().getRules().stream()
        .flatMap(
            rule ->
                rule.getMatches() == null || rule.getMatches().isEmpty()
                    ? Stream.of(1)
                    : rule.getMatches().stream().map(match -> ofPath(match, path)))
        .mapToInt(Integer::intValue)
        .max()
        .orElse(0);
  }

  private static int ofPath(HTTPRouteMatch match, String path) {
    if (match.getPath() == null || match.getPath().getValue() == null) {
      return 1;
    }
    var wanted = match.getPath().getValue();
    if ("Exact".equals(match.getPath().getType())) {
      return wanted.equals(path) ? Integer.MAX_VALUE : -1;
    }
    if ("RegularExpression".equals(match.getPath().getType())) {
      return Pattern.matches(wanted, path) ? 0 : -1;
    }
    var prefix = wanted.replaceFirst("/$", "");
    return path.equals(prefix) || path.startsWith(prefix + "/") ? wanted.length() : -1;
  }

  /**
   * Whether a certificate's name is for that host: its wildcard stands for exactly one label (RFC
   * 9525).
   */
  static boolean certifies(String name, Hostname host) {
    var labels = host.text().split("\\.", 2);
    return name.equalsIgnoreCase(host.text())
        || labels.length == 2 && name.equalsIgnoreCase("*." + labels[1]);
  }
}
