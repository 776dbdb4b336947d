package starbase.stack.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import starbase.findings.Finding;
import starbase.net.AddressBlock;
import starbase.net.NetworkConfig;

/**
 * The addresses that Cilium hands out are its own to hand out, and hold those that are asked for.
 */
final class PoolRules {
  private static final String KEY = "starbase:cilium.addresses";

  private PoolRules() {}

  static List<Finding> check(LabView plan) {
    var findings = new ArrayList<Finding>();
    for (int i = 0; i < plan.pool().size(); i++) {
      findings.addAll(block(plan, i));
    }
    if (plan.intact(KEY) && !plan.pool().isEmpty()) {
      findings.addAll(outside(plan));
    }
    return findings;
  }

  private static List<Finding> outside(LabView plan) {
    var uses = AddressUse.all(plan);
    var pool = plan.pool().stream().map(AddressBlock::toString).collect(Collectors.joining(", "));
    return AddressUse.announced(plan).stream()
        .filter(use -> plan.pool().stream().noneMatch(block -> block.contains(use.address())))
        .map(
            use ->
                Finding.error(use.key(), "is not in the pool %s (%s)".formatted(KEY, pool))
                    .given(use.address())
                    .allowed(AddressRules.free(plan, use, uses)))
        .toList();
  }

  private static List<Finding> block(LabView plan, int index) {
    var block = plan.pool().get(index);
    var key = KEY + "[" + index + "]";
    var findings = new ArrayList<Finding>();
    for (var use : AddressUse.all(plan)) {
      if (!use.announced() && block.contains(use.address())) {
        findings.add(
            Finding.error(key, "holds %s of %s".formatted(use.address(), use.key()))
                .given(block)
                .allowed("a range without it; otherwise two machines answer at one address"));
      }
    }
    // Cilium refuses such a pool (operator/pkg/lbipam/lbrange.go, areRangesInternallyConflicting).
    for (int i = 0; i < index; i++) {
      if (block.overlaps(plan.pool().get(i))) {
        findings.add(
            Finding.error(key, "overlaps with %s[%d] (%s)".formatted(KEY, i, plan.pool().get(i)))
                .given(block)
                .allowed("ranges that do not overlap"));
      }
    }
    plan.draft().network().ifPresent(network -> findings.addAll(onLan(network, block, key)));
    return findings;
  }

  private static List<Finding> onLan(NetworkConfig network, AddressBlock block, String key) {
    var findings = new ArrayList<Finding>();
    var lan = network.lan();
    if (!lan.contains(block.first()) || !lan.contains(block.last())) {
      findings.add(
          Finding.error(
                  key,
                  "is not inside the LAN %s, and addresses are announced only there".formatted(lan))
              .given(block)
              .allowed("a part of " + lan.first() + "-" + lan.last()));
    } else if (AddressRules.isNoHosts(network, block.first())
        || AddressRules.isNoHosts(network, block.last())) {
      findings.add(
          Finding.error(key, "contains the LAN's first or last address, which no host can have")
              .given(block)
              .allowed("a range without it"));
    }
    network
        .dhcp()
        .filter(block::overlaps)
        .ifPresent(
            dhcp ->
                findings.add(
                    Finding.error(key, "overlaps with starbase:network.dhcp (%s)".formatted(dhcp))
                        .given(block)
                        .allowed("a range outside it")));
    return findings;
  }
}
