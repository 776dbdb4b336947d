package starbase.policies;

import java.util.Map;
import java.util.Optional;
import starbase.net.DnsLabel;

/**
 * A namespace that denies traffic unless it is allowed. DNS and the Gateways' requests to the
 * targets of routes are always allowed.
 *
 * @param apps the allowed traffic, by the pods' label app.kubernetes.io/name: the application's
 *     name, or NAME-VARIANT
 */
public record ProductionConfig(Optional<Map<DnsLabel, AllowConfig>> apps) {}
