package starbase.policies;

import java.util.Optional;
import starbase.net.DnsLabel;
import starbase.net.Port;

/**
 * A Service that a route leads to.
 *
 * @param namespace where it is
 * @param service its name
 * @param pods what its pods are called, by their label app.kubernetes.io/name; empty if only the
 *     configuration can say
 * @param port where the pods listen
 * @param direct whether clients' packets get there themselves, and not by way of Envoy
 */
public record Backend(
    DnsLabel namespace, DnsLabel service, Optional<DnsLabel> pods, Port port, boolean direct) {}
