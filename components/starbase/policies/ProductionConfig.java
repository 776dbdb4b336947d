package starbase.policies;

import java.util.Map;
import java.util.Optional;
import starbase.net.DnsLabel;

/**
 * A namespace in which all is denied that is not allowed. Allowed without being written down are
 * DNS, and requests of the Gateways to what routes lead to.
 *
 * @param apps what else is allowed, by what the pods are called (their label
 *     app.kubernetes.io/name): the application's name, or with a variant's behind a dash
 */
public record ProductionConfig(Optional<Map<DnsLabel, AllowConfig>> apps) {}
