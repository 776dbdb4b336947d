package starbase.stack.rules;

import starbase.net.Hostname;

/** Which hostnames a certificate is for: another rule than which a listener takes. */
final class Hostnames {
  private Hostnames() {}

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
        && name.text().substring(dot).equals(certificate.text().substring(1));
  }
}
