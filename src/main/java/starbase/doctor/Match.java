package starbase.doctor;

import java.util.List;
import org.jspecify.annotations.Nullable;
import starbase.net.Hostname;

/** Which hostnames stand for which. */
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
   * Whether a certificate's name is for that host: its wildcard stands for exactly one label (RFC
   * 9525).
   */
  static boolean certifies(String name, Hostname host) {
    var labels = host.text().split("\\.", 2);
    return name.equalsIgnoreCase(host.text())
        || labels.length == 2 && name.equalsIgnoreCase("*." + labels[1]);
  }
}
