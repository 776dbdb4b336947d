package starbase;

import com.pulumi.Context;
import com.pulumi.core.Output;
import java.util.Optional;
import starbase.preflight.Token;
import starbase.stack.SecretKeys;

/**
 * What the lab is handed beside its stack file. The engine encrypts it wherever it goes.
 *
 * @param talos an existing secrets bundle of Talos
 * @param proxmox the token for Proxmox's API, unless the provider finds it by itself
 */
record Secrets(Optional<Output<String>> talos, Optional<Output<String>> proxmox) {
  /**
   * @param token the token that was found
   * @param preview whether nothing will be made, so that a provider without a token will do
   */
  static Secrets of(Context context, Optional<Token> token, boolean preview) {
    var found = preview ? token.or(() -> Optional.of(Token.placeholder())) : token;
    return new Secrets(
        context.config().get(SecretKeys.TALOS).map(Output::ofSecret),
        found.flatMap(Token::forProvider).map(Output::ofSecret));
  }
}
