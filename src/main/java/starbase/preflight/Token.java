package starbase.preflight;

import com.pulumi.exceptions.RunException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A token for Proxmox's API. */
public final class Token {
  /** Where the provider looks for it. */
  static final String VARIABLE = "PROXMOX_VE_API_TOKEN";

  static final String KEY = "proxmoxve:apiToken";

  /** What Proxmox calls one, and the provider takes (bpg 0.111.1, proxmox/api/token_auth.go). */
  private static final Pattern FORM =
      Pattern.compile("[^\\s@!=]+@[^\\s@!=]+![^\\s@!=]+=[a-zA-Z0-9-]+");

  private final String text;
  private final boolean configured;

  private Token(String text, boolean configured) {
    this.text = text;
    this.configured = configured;
  }

  /**
   * The token that was handed over.
   *
   * @param configured the stack's secret; it goes before the environment's
   * @throws RunException if it is none; the message does not repeat it
   */
  public static Optional<Token> of(Map<String, String> environment, Optional<String> configured) {
    var found =
        configured
            .map(text -> new Token(text, true))
            .or(
                () ->
                    Optional.ofNullable(environment.get(VARIABLE))
                        .filter(text -> !text.isBlank())
                        .map(text -> new Token(text, false)));
    found
        .filter(token -> !FORM.matcher(token.text).matches())
        .ifPresent(
            token -> {
              throw new RunException(
                  "%s is not a Proxmox API token; allowed: USER@REALM!NAME=UUID, such as starbase@pve!lab=… with the UUID that Proxmox showed"
                      .formatted(token.configured ? KEY : VARIABLE));
            });
    return found;
  }

  /**
   * Stands for a token in a preview without one: the provider refuses to start with none at all,
   * and calls nobody in a preview.
   */
  public static Token placeholder() {
    return new Token("nobody@pve!preview=00000000-0000-0000-0000-000000000000", true);
  }

  /** What the provider must be given; empty if it finds the token in the environment by itself. */
  public Optional<String> forProvider() {
    return configured ? Optional.of(text) : Optional.empty();
  }

  /** The value of the header Authorization. */
  String header() {
    return "PVEAPIToken=" + text;
  }

  @Override
  public String toString() {
    return "[secret]";
  }
}
