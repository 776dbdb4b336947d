package starbase.waits;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import starbase.kubernetes.ObjectName;

/**
 * Which object has an address that another one asks for, and whether this {@code up} takes it away.
 *
 * <p>Objects that exchange addresses are changed in any order: Cilium gives an address to whoever
 * asks for it once nothing has it any more. An object that leaves the plan is deleted only when the
 * program has ended, so its address can't be waited for.
 */
final class AddressHolders {
  private static final String GATEWAYS = "gateway.networking.k8s.io/v1";

  /** How the Kubernetes provider's names of field managers begin. */
  private static final String PULUMI = "pulumi-kubernetes";

  private final ClusterReader cluster;
  private final Set<ObjectName> exposed;

  /**
   * @param exposed the planned objects that may have addresses of their own
   */
  AddressHolders(ClusterReader cluster, Set<ObjectName> exposed) {
    this.cluster = cluster;
    this.exposed = exposed;
  }

  /**
   * The object that has the address: a Service, or the Gateway that it was made for.
   *
   * @param asking the Service that asks for the address
   */
  Optional<GenericKubernetesResource> of(String address, GenericKubernetesResource asking) {
    return cluster.list("v1", "Service", "").stream()
        .filter(service -> !is(service, asking) && addresses(service).anyMatch(address::equals))
        .findFirst()
        .map(this::owner);
  }

  /**
   * The verdict on a Service whose address another object still has: it must wait, or gets the
   * address at the end of the {@code up} with a warning. Empty if the holder does not belong to
   * this stack.
   */
  Optional<Verdict> givesBack(String address, GenericKubernetesResource holder) {
    var name = ClusterReader.name(holder);
    if (exposed.contains(name)) {
      return Optional.of(
          new Verdict.NotYet(
              "%s still has the address %s, which the plan takes from it"
                  .formatted(name, address)));
    }
    return isPulumis(holder)
        ? Optional.of(
            new Verdict.Ready(
                Map.of(),
                Optional.of(
                    "it gets its address %s when %s is deleted, at the end of this up"
                        .formatted(address, name))))
        : Optional.empty();
  }

  /** The Gateway that a Service was made for, or the Service itself. */
  private GenericKubernetesResource owner(GenericKubernetesResource service) {
    return Optional.ofNullable(service.getMetadata().getOwnerReferences())
        .orElse(List.of())
        .stream()
        .filter(owner -> owner.getKind().equals("Gateway"))
        .map(OwnerReference::getName)
        .flatMap(
            gateway ->
                cluster
                    .get(GATEWAYS, "Gateway", service.getMetadata().getNamespace(), gateway)
                    .stream())
        .findFirst()
        .orElse(service);
  }

  private static boolean isPulumis(GenericKubernetesResource object) {
    return Optional.ofNullable(object.getMetadata().getManagedFields()).orElse(List.of()).stream()
        .map(ManagedFieldsEntry::getManager)
        .anyMatch(manager -> manager != null && manager.startsWith(PULUMI));
  }

  private static Stream<String> addresses(GenericKubernetesResource service) {
    return StatusConditions.maps(service.get("status", "loadBalancer", "ingress")).stream()
        .map(each -> StatusConditions.text(each, "ip"));
  }

  private static boolean is(GenericKubernetesResource one, GenericKubernetesResource other) {
    return one.getMetadata().getNamespace().equals(other.getMetadata().getNamespace())
        && one.getMetadata().getName().equals(other.getMetadata().getName());
  }
}
