package starbase.gateways;

import java.util.Map;
import starbase.kubernetes.Waits;
import starbase.net.DnsLabel;

/**
 * The inputs of {@link Gateways}.
 *
 * @param gateways by name
 * @param waits waits for the objects in the cluster
 */
public record GatewaysArgs(Map<DnsLabel, GatewayConfig> gateways, Waits waits) {}
