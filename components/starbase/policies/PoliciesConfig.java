package starbase.policies;

import java.util.Map;
import starbase.net.DnsLabel;

/**
 * Who may talk to whom.
 *
 * @param production the namespaces in which all is denied that is not allowed, by name
 */
public record PoliciesConfig(Map<DnsLabel, ProductionConfig> production) {}
