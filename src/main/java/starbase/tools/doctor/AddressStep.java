package starbase.tools.doctor;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import starbase.kubernetes.CiliumNames;
import starbase.net.Address;
import starbase.net.AddressBlock;

/** The Gateway has the address that it asks for, and a node that is well announces it. */
record AddressStep() implements Step {
  @Override
  public String name() {
    return "address";
  }

  @Override
  public Owner layer() {
    return Owner.CILIUM;
  }

  @Override
  public StepResult examine(Examination examination) {
    var path = examination.requestPath();
    if (path.atNodes().isPresent()) {
      return atNodes(examination, path);
    }
    var asked = asked(path.gateway());
    var live = path.address();
    if (live.isEmpty() || asked.isPresent() && !asked.equals(live)) {
      return StepResult.broken(
          layer(),
          "kubectl -n %s describe service %s"
              .formatted(path.name().namespace(), CiliumNames.serviceOf(path.name().name())),
          "Gateway %s has %s, but asks for %s; the pools hold %s",
          path.name(),
          live.map(address -> "the address " + address).orElse("no address"),
          asked.orElse("any"),
          pools(examination.cluster().pools()));
    }
    if (examination.cluster().pools().stream().noneMatch(pool -> holds(pool, live.get()))) {
      return StepResult.broken(
          layer(),
          "kubectl get ciliumloadbalancerippool",
          "no CiliumLoadBalancerIPPool holds %s, which is announced only while one does; the pools"
              + " hold %s",
          live.get(),
          pools(examination.cluster().pools()));
    }
    if (examination.cluster().announcements().isEmpty()) {
      return StepResult.broken(
          layer(),
          "kubectl get ciliuml2announcementpolicy",
          "there is no CiliumL2AnnouncementPolicy, without which no node announces %s",
          live.get());
    }
    var name = Leases.of(path.name());
    return ClusterObjects.find(examination.cluster().leases(), name)
        .map(lease -> announced(examination, live.get(), lease))
        .orElseGet(() -> silent(live.get(), "there is no Lease " + name));
  }

  /** A node's own address needs nobody to announce it, but the node. */
  private StepResult atNodes(Examination examination, RequestPath path) {
    var well =
        examination.cluster().nodes().stream()
            .filter(AddressStep::ready)
            .flatMap(node -> node.getStatus().getAddresses().stream())
            .map(NodeAddress::getAddress)
            .filter(path.addresses()::contains)
            .toList();
    return well.isEmpty()
        ? StepResult.broken(
            layer(),
            "kubectl get nodes -o wide",
            "Gateway %s is at its nodes, %s, and none of them is Ready",
            path.name(),
            path.addresses().isEmpty()
                ? "of which it has none"
                : String.join(", ", path.addresses()))
        : StepResult.fine("%s: nodes' own", String.join(", ", well));
  }

  private StepResult announced(Examination examination, String address, Lease lease) {
    var holder = Leases.holder(lease);
    if (holder.isEmpty()) {
      return silent(address, "no node holds the Lease " + Name.of(lease));
    }
    var node =
        examination.cluster().nodes().stream()
            .filter(each -> each.getMetadata().getName().equals(holder.get()))
            .findFirst();
    if (node.isEmpty() || !ready(node.get())) {
      return StepResult.broken(
          layer(),
          "kubectl describe node " + holder.get(),
          "%s is announced by node %s, which is %s",
          address,
          holder.get(),
          node.isEmpty() ? "not in the cluster" : "not Ready");
    }
    if (Leases.end(lease).isBefore(examination.now())) {
      return silent(
          address,
          "node %s has not renewed the Lease %s since %s"
              .formatted(holder.get(), Name.of(lease), lease.getSpec().getRenewTime()));
    }
    return StepResult.fine("%s is announced by node %s", address, holder.get());
  }

  private StepResult silent(String address, String why) {
    return StepResult.broken(
        layer(),
        "kubectl get ciliuml2announcementpolicy,lease -n " + Leases.NAMESPACE,
        "no node announces %s: %s",
        address,
        why);
  }

  private static boolean ready(Node node) {
    return Optional.ofNullable(node.getStatus()).stream()
        .flatMap(status -> status.getConditions().stream())
        .anyMatch(each -> each.getType().equals("Ready") && each.getStatus().equals("True"));
  }

  private static Optional<String> asked(Gateway gateway) {
    return Optional.ofNullable(gateway.getSpec().getAddresses())
        .flatMap(addresses -> addresses.stream().findFirst())
        .map(address -> address.getValue());
  }

  /** Blocks as Cilium writes them: start and stop, or cidr. */
  private static String pools(List<GenericKubernetesResource> pools) {
    var blocks = pools.stream().flatMap(AddressStep::blocks).collect(Collectors.joining(", "));
    return blocks.isEmpty() ? "nothing" : blocks;
  }

  private static boolean holds(GenericKubernetesResource pool, String address) {
    return blocks(pool).anyMatch(block -> holds(block, address));
  }

  /** Blocks of IPv6, which the lab does not use, hold no address of its own. */
  private static boolean holds(String block, String address) {
    try {
      return AddressBlock.parse(block).contains(Address.parse(address));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Stream<String> blocks(GenericKubernetesResource pool) {
    return pool.get("spec", "blocks") instanceof List<?> list
        ? list.stream()
            .map(block -> block instanceof Map<?, ?> map ? block(map) : String.valueOf(block))
        : Stream.empty();
  }

  /** A block without a stop is one address. */
  private static String block(Map<?, ?> block) {
    var start = block.get("start");
    return block.get("cidr") != null
        ? String.valueOf(block.get("cidr"))
        : start + "-" + (block.get("stop") == null ? start : block.get("stop"));
  }
}
