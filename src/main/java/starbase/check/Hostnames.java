package starbase.check;

import java.util.Optional;
import starbase.net.Hostname;

/** Which hostnames a listener takes, and which a certificate is for: two rules that differ. */
final class Hostnames {
  private Hostnames() {}

  /**
   * What a listener and a route have in common, as the Gateway API defines it: a wildcard takes any
   * number of labels in its place, but at least one.
   */
  static Optional<Hostname> intersection(Hostname listener, Hostname route) {
    if (listener.equals(route) || takes(listener, route)) {
      return Optional.of(route);
    }
    return takes(route, listener) ? Optional.of(listener) : Optional.empty();
  }

  private static boolean takes(Hostname wildcard, Hostname name) {
    return wildcard.isWildcard()
        && name.text().endsWith(suffix(wildcard))
        && name.text().length() > suffix(wildcard).length();
  }

  /**
   * Whether a certificate for the one is good for the other (RFC 9525, 6.3): a wildcard takes
   * exactly one label in its place.
   */
  static boolean covers(Hostname certificate, Hostname name) {
    if (certificate.equals(name)) {
      return true;
    }
    int dot = name.text().indexOf('.');
    return certificate.isWildcard()
        && !name.isWildcard()
        && dot > 0
        && name.text().substring(dot).equals(suffix(certificate));
  }

  private static String suffix(Hostname wildcard) {
    return wildcard.text().substring(1);
  }
}
