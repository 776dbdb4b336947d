package starbase.cilium;

import com.pulumi.resources.Resource;
import java.util.List;
import java.util.Set;
import starbase.net.DnsLabel;

/**
 * Nodes that have to be Ready; without Cilium, no node is.
 *
 * @param names theirs
 * @param makers what makes them, and makes them leave. A node that leaves must not be waited for
 *     any more by then: to take that back is server-side apply, which makes a node that is not
 *     there. The engine deletes by direct dependencies only, so that of the layer would not do.
 */
public record Nodes(Set<DnsLabel> names, List<? extends Resource> makers) {}
