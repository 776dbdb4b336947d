package starbase.preflight;

import starbase.findings.Finding;

/** Proxmox could not be asked. */
final class ProxmoxUnreachable extends Exception {
  private static final long serialVersionUID = 1;

  /** No connection at all. */
  static final int NOTHING = 0;

  /** The server's certificate is not trusted. */
  static final int UNTRUSTED = 1;

  private final transient Finding finding;
  private final int status;

  /**
   * @param status the HTTP status, or one of the two above
   * @param finding why, and what to do
   */
  ProxmoxUnreachable(int status, Finding finding) {
    super(finding.text());
    this.finding = finding;
    this.status = status;
  }

  Finding finding() {
    return finding;
  }

  /** Whether the host can't be reached, directly or through the host that forwards the request. */
  boolean isSilence() {
    // 595 to 599: pveproxy can't reach the host that it shall ask (pve-http-server, AnyEvent.pm).
    return status == NOTHING || status >= 595;
  }

  /** Whether the token may not ask that. */
  boolean isForbidden() {
    return status == 403;
  }
}
