package starbase.kubernetes;

import java.util.Optional;
import starbase.net.DnsLabel;
import starbase.net.Port;

/**
 * A Service that a route leads to, and what is behind it.
 *
 * @param app the application of the route
 * @param namespace the namespace of the Service
 * @param service the name of the Service
 * @param pods the label app.kubernetes.io/name of its pods; empty if the lab does not make them
 * @param port the port at which the pods listen; the Service's port if the lab does not make them
 * @param direct whether packets reach the pods without Envoy, as with TCP
 */
public record RouteBackend(
    DnsLabel app,
    DnsLabel namespace,
    DnsLabel service,
    Optional<DnsLabel> pods,
    Port port,
    boolean direct) {}
