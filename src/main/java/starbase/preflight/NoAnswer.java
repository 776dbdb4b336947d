package starbase.preflight;

/** Proxmox could not be asked; the message says why, and what to do. */
final class NoAnswer extends Exception {
  private static final long serialVersionUID = 1;

  NoAnswer(String message) {
    super(message);
  }
}
