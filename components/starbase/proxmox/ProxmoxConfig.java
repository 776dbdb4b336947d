package starbase.proxmox;

import java.net.URI;
import java.util.Optional;
import starbase.rules.Rules;

/**
 * The Proxmox hosts of the virtual machines.
 *
 * @param endpoint the API of any host of the Proxmox cluster, such as https://192.168.1.2:8006
 * @param insecure whether to accept any certificate; default: false
 * @param image the image that the machines start from
 */
public record ProxmoxConfig(URI endpoint, Optional<Boolean> insecure, ImageConfig image) {
  /**
   * @throws IllegalArgumentException if the endpoint is no address of an API of Proxmox, which has
   *     no path
   */
  public ProxmoxConfig {
    new Rules()
        .require(
            "https".equals(endpoint.getScheme())
                && endpoint.getHost() != null
                && String.valueOf(endpoint.getRawPath()).matches("/?"),
            "endpoint",
            "is not the URL of a Proxmox API",
            "https:// with a host and its port, such as https://192.168.1.2:8006")
        .enforce();
  }
}
