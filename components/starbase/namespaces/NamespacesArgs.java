package starbase.namespaces;

import java.util.Map;
import starbase.kubernetes.Waits;
import starbase.net.DnsLabel;

/**
 * The inputs of {@link Namespaces}.
 *
 * @param namespaces by name
 * @param waits waits for the objects in the cluster
 */
public record NamespacesArgs(Map<DnsLabel, NamespaceConfig> namespaces, Waits waits) {}
