package starbase.tools.doctor;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;
import starbase.kubernetes.CiliumNames;

/** Cilium's leases: whose holder answers ARP for a Service's addresses. */
final class Leases {
  /** Where Cilium's agents keep them. */
  static final String NAMESPACE = "kube-system";

  private Leases() {}

  /** The lease of the Service that Cilium makes for a Gateway. */
  static Name of(Name gateway) {
    return new Name(
        NAMESPACE,
        "cilium-l2announce-%s-%s"
            .formatted(gateway.namespace(), CiliumNames.serviceOf(gateway.name())));
  }

  /** The node that holds it; nobody, once it was given back. */
  static Optional<String> holder(Lease lease) {
    return Optional.ofNullable(lease.getSpec().getHolderIdentity())
        .filter(holder -> !holder.isEmpty());
  }

  /** When it ends unless it is renewed. */
  static Instant end(Lease lease) {
    return Optional.ofNullable(lease.getSpec().getRenewTime())
        .map(ZonedDateTime::toInstant)
        .orElse(Instant.EPOCH)
        .plusSeconds(Optional.ofNullable(lease.getSpec().getLeaseDurationSeconds()).orElse(0));
  }
}
