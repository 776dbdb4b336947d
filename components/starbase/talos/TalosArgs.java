package starbase.talos;

import com.pulumi.core.Output;
import com.pulumi.resources.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import starbase.net.DnsLabel;

/**
 * The inputs of {@link Talos}.
 *
 * @param config patches and timeouts
 * @param cluster the cluster to make; its machines boot Talos already
 * @param secrets an existing secrets bundle, as {@code talosctl gen secrets} writes it; without
 *     one, it is made once
 * @param hardware the virtual machines, by name. When one is replaced, its machine leaves the
 *     cluster before, and is configured and joins again after
 * @param absent machines that can't be reached now: their steps wait for another {@code up}
 */
public record TalosArgs(
    TalosConfig config,
    TalosCluster cluster,
    Optional<Output<String>> secrets,
    Map<DnsLabel, Resource> hardware,
    Set<DnsLabel> absent) {}
