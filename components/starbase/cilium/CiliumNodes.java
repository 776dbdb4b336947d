package starbase.cilium;

import java.util.Optional;
import java.util.Set;
import starbase.kubernetes.ApiServer;
import starbase.net.DnsLabel;

/**
 * What Cilium runs on.
 *
 * @param talos whether the nodes run Talos
 * @param apiServer where agents reach the API server; without it by KubePrism, which only Talos has
 * @param awaited the nodes that are waited for
 */
public record CiliumNodes(boolean talos, Optional<ApiServer> apiServer, Set<DnsLabel> awaited) {}
