package starbase.doctor;

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
  public Finding examine(Subject subject) {
    var way = subject.itsWay();
    if (way.atNodes().isPresent()) {
      return atNodes(subject, way);
    }
    var asked = asked(way.gateway());
    var live = way.address();
    if (live.isEmpty() || asked.isPresent() && !asked.equals(live)) {
      return Finding.broken(
          layer(),
          "kubectl -n %s describe service %s"
              .formatted(way.name().namespace(), CiliumNames.serviceOf(way.name().name())),
          "Gateway %s has %s, but asks for %s; the pools hold %s",
          way.name(),
          live.map(address -> "the address " + address).orElse("no address"),
          asked.orElse("any"),
          pools(subject.cluster().pools()));
    }
    if (subject.cluster().pools().stream().noneMatch(pool -> holds(pool, live.get()))) {
      return Finding.broken(
          layer(),
          "kubectl get ciliumloadbalancerippool",
          "no CiliumLoadBalancerIPPool holds %s, which is announced only while one does; the pools"
              + " hold %s",
          live.get(),
          pools(subject.cluster().pools()));
    }
    if (subject.cluster().announcements().isEmpty()) {
      return Finding.broken(
          layer(),
          "kubectl get ciliuml2announcementpolicy",
          "there is no CiliumL2AnnouncementPolicy, without which no node announces %s",
          live.get());
    }
    var name = Leases.of(way.name());
    return Cluster.find(subject.cluster().leases(), name)
        .map(lease -> announced(subject, live.get(), lease))
        .orElseGet(() -> silent(live.get(), "there is no Lease " + name));
  }

  /** A node's own address needs nobody to announce it, but the node. */
  private Finding atNodes(Subject subject, Way way) {
    var well =
        subject.cluster().nodes().stream()
            .filter(AddressStep::ready)
            .flatMap(node -> node.getStatus().getAddresses().stream())
            .map(NodeAddress::getAddress)
            .filter(way.addresses()::contains)
            .toList();
    return well.isEmpty()
        ? Finding.broken(
            layer(),
            "kubectl get nodes -o wide",
            "Gateway %s is at its nodes, %s, and none of them is Ready",
            way.name(),
            way.addresses().isEmpty() ? "of which it has none" : String.join(", ", way.addresses()))
        : Finding.fine("%s: nodes' own", String.join(", ", well));
  }

  private Finding announced(Subject subject, String address, Lease lease) {
    var holder = Leases.holder(lease);
    if (holder.isEmpty()) {
      return silent(address, "no node holds the Lease " + Name.of(lease));
    }
    var node =
        subject.cluster().nodes().stream()
            .filter(each -> each.getMetadata().getName().equals(holder.get()))
            .findFirst();
    if (node.isEmpty() || !ready(node.get())) {
      return Finding.broken(
          layer(),
          "kubectl describe node " + holder.get(),
          "%s is announced by node %s, which is %s",
          address,
          holder.get(),
          node.isEmpty() ? "not in the cluster" : "not Ready");
    }
    if (Leases.end(lease).isBefore(subject.now())) {
      return silent(
          address,
          "node %s has not renewed the Lease %s since %s"
              .formatted(holder.get(), Name.of(lease), lease.getSpec().getRenewTime()));
    }
    return Finding.fine("%s is announced by node %s", address, holder.get());
  }

  private Finding silent(String address, String why) {
    return Finding.broken(
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
