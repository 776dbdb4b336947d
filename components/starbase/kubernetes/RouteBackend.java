package starbase.kubernetes;

import java.util.Optional;
import starbase.net.DnsLabel;
import starbase.net.Port;

/**
 * A Service that a route leads to, and what is behind it.
 *
 * @param app whose route
 * @param namespace where the Service is
 * @param service its name
 * @param pods what its pods are called, by their label app.kubernetes.io/name; empty if the lab
 *     does not make them
 * @param port where the pods listen; the Service's port if the lab does not make them
 * @param direct whether clients' packets get there themselves: for TCP there is no Envoy in between
 */
public record RouteBackend(
    DnsLabel app,
    DnsLabel namespace,
    DnsLabel service,
    Optional<DnsLabel> pods,
    Port port,
    boolean direct) {}
