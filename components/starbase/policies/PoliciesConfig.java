package starbase.policies;

import java.util.Map;
import starbase.net.DnsLabel;

/**
 * The network policies of this lab.
 *
 * @param production the namespaces that deny traffic unless it is allowed, by name
 */
public record PoliciesConfig(Map<DnsLabel, ProductionConfig> production) {}
