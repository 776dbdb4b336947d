package starbase.proxmox;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import starbase.net.DnsLabel;
import starbase.rules.Rules;

/**
 * The machines of the lab and where they are.
 *
 * @param endpoint the API of any host of the Proxmox cluster, as in https://192.168.1.2:8006
 * @param insecure whether to trust whatever certificate the hosts show; without it, no
 * @param image what the machines start from
 * @param machines by the name of their node in the cluster's plan
 */
public record ProxmoxConfig(
    URI endpoint,
    Optional<Boolean> insecure,
    ImageConfig image,
    Map<DnsLabel, MachineConfig> machines) {
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
            "is no address of Proxmox's API",
            "https, a host and its port, as in https://192.168.1.2:8006")
        .enforce();
  }

  /** The machines that Pulumi refuses to delete, given which ones are control planes. */
  public Set<DnsLabel> protectedMachines(Set<DnsLabel> controlPlanes) {
    return machines.entrySet().stream()
        .filter(machine -> machine.getValue().isProtected(controlPlanes.contains(machine.getKey())))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }
}
