package starbase.stack.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import starbase.findings.Finding;
import starbase.kubernetes.ClusterPlan;
import starbase.net.AddressBlock;
import starbase.net.Cidr;

/**
 * The LAN, the pods and the Services have networks of their own: none shares an address with
 * another or is reserved, and that of the Services holds all of them.
 */
final class NetworkRangeRules {
  private static final String SERVICES = "starbase:cluster.plan.services";

  /** Source: RFC 6890; no host may have an address in one of them. */
  private static final Map<Cidr, String> RESERVED =
      Map.of(
          Cidr.parse("0.0.0.0/8"), "\"this network\"",
          Cidr.parse("127.0.0.0/8"), "loopback",
          Cidr.parse("169.254.0.0/16"), "link-local addresses",
          Cidr.parse("224.0.0.0/4"), "multicast",
          Cidr.parse("240.0.0.0/4"), "future use");

  /**
   * What has a cluster address besides the plan's own Services: Kubernetes' API, cluster DNS, and
   * those of the charts with the layers' values (hubble-peer, hubble-relay, hubble-ui;
   * cert-manager, its webhook and its cainjector).
   */
  private static final int OTHER_SERVICES = 8;

  private NetworkRangeRules() {}

  private record Part(String key, AddressBlock block) {}

  static List<Finding> check(LabView plan) {
    var parts = new ArrayList<Part>();
    plan.draft().network().ifPresent(its -> parts.add(new Part("starbase:network.lan", its.lan())));
    for (int i = 0; plan.draft().network().isEmpty() && i < plan.pool().size(); i++) {
      parts.add(new Part("starbase:cilium.addresses[" + i + "]", plan.pool().get(i)));
    }
    plan.cluster()
        .ifPresent(
            its -> {
              its.pods().ifPresent(pods -> parts.add(new Part("starbase:cluster.plan.pods", pods)));
              its.services().ifPresent(services -> parts.add(new Part(SERVICES, services)));
            });
    var findings = new ArrayList<Finding>();
    parts.forEach(part -> reserved(part).ifPresent(findings::add));
    plan.cluster()
        .flatMap(ClusterPlan::services)
        .flatMap(its -> small(plan, its))
        .ifPresent(findings::add);
    for (int i = 0; i < parts.size(); i++) {
      for (var before : parts.subList(0, i)) {
        var part = parts.get(i);
        if (part.key().startsWith("starbase:cluster") && part.block().overlaps(before.block())) {
          findings.add(
              Finding.error(
                      part.key(), "overlaps with %s (%s)".formatted(before.key(), before.block()))
                  .given(part.block())
                  .allowed(
                      "a network of its own, such as 10.244.0.0/16 for pods and 10.96.0.0/12 for Services"));
        }
      }
    }
    return findings;
  }

  private static Optional<Finding> reserved(Part part) {
    return RESERVED.entrySet().stream()
        .filter(each -> each.getKey().overlaps(part.block()))
        .min(Map.Entry.comparingByKey(Comparator.comparing(Cidr::first)))
        .map(
            each ->
                Finding.error(
                        part.key(),
                        "contains addresses of %s, reserved for %s"
                            .formatted(each.getKey(), each.getValue()))
                    .given(part.block())
                    .allowed(
                        "a private network, inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16"));
  }

  /** Kubernetes hands out neither the first nor the last address of the network. */
  private static Optional<Finding> small(LabView plan, Cidr services) {
    long room = Math.max(0, (1L << (32 - services.length())) - 2);
    long wanted =
        OTHER_SERVICES
            + plan.gateways().size()
            + plan.apps().entrySet().stream()
                .mapToLong(app -> app.getValue().made(app.getKey()).size())
                .sum();
    return room >= wanted
        ? Optional.empty()
        : Optional.of(
            Finding.error(
                    SERVICES,
                    "has room for %d Services, and the plan, its Gateways, Kubernetes and the charts need %d"
                        .formatted(room, wanted))
                .given(services)
                .allowed("a larger network, such as 10.96.0.0/12"));
  }
}
