package starbase.proxmox;

import com.pulumi.core.Output;
import com.pulumi.resources.CustomResourceOptions;
import io.muehlbachler.pulumi.proxmoxve.Provider;
import io.muehlbachler.pulumi.proxmoxve.ProviderArgs;
import java.util.Optional;

/**
 * The Proxmox hosts that machines are put on.
 *
 * @param provider what all that is made there goes through
 */
public record Hosts(Provider provider) {
  /**
   * Speaks to the hosts.
   *
   * @param name the provider's resource name
   * @param token an API token, a secret; without one the provider takes PROXMOX_VE_API_TOKEN
   */
  public static Hosts create(String name, ProxmoxConfig config, Optional<Output<String>> token) {
    var args =
        ProviderArgs.builder()
            .endpoint(config.endpoint().toString())
            .insecure(config.insecure().orElse(false));
    token.ifPresent(args::apiToken);
    return new Hosts(new Provider(name, args.build(), CustomResourceOptions.builder().build()));
  }
}
