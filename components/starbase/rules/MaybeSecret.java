package starbase.rules;

/**
 * A text that the stack file may hold encrypted ({@code pulumi config set --secret}). What is made
 * of one that was encrypted must be encrypted in the state too.
 *
 * @param text the text itself, never to be shown if it is a secret
 * @param secret whether it was encrypted
 */
public record MaybeSecret(String text, boolean secret) {
  /** A text that everybody may see. */
  public static MaybeSecret plain(String text) {
    return new MaybeSecret(text, false);
  }

  /** The text, or a mask for a secret. */
  @Override
  public String toString() {
    return secret ? "[secret]" : text;
  }
}
