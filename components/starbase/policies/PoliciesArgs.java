package starbase.policies;

import java.util.List;
import java.util.Optional;
import starbase.kubernetes.RouteBackend;
import starbase.kubernetes.Waits;

/**
 * The inputs of {@link Policies}.
 *
 * @param config the production namespaces; without it, nothing is denied
 * @param routed the backends of the lab's routes
 * @param waits waits for the objects in the cluster
 */
public record PoliciesArgs(
    Optional<PoliciesConfig> config, List<RouteBackend> routed, Waits waits) {}
