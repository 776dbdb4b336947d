package starbase.apps;

import com.pulumi.core.Output;
import com.pulumi.resources.Resource;
import java.util.List;
import java.util.Map;
import starbase.kubernetes.Waits;
import starbase.net.DnsLabel;

/**
 * The inputs of {@link Apps}.
 *
 * @param apps by name
 * @param parents what each application's route attaches to
 * @param gateways the Gateways, once they are ready: routes come after them. Workloads and Services
 *     do not: a Gateway may wait for an address that a Service gives back
 * @param waits waits for the objects in the cluster
 */
public record AppsArgs(
    Map<DnsLabel, AppConfig> apps,
    Map<DnsLabel, List<Parent>> parents,
    Output<List<Resource>> gateways,
    Waits waits) {}
