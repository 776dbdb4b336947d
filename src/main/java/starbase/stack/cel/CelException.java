package starbase.stack.cel;

/** An expression that can't be read, or has no value. */
public final class CelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CelException(String message) {
    // Thrown and caught while || and && look for the side that decides: without a stack trace.
    super(message, null, false, false);
  }
}
