package starbase.check;

import java.util.ArrayList;
import java.util.List;
import starbase.config.Finding;
import starbase.net.AddressBlock;

/** The LAN, the pods and the Services have networks of their own, and none shares an address. */
final class Networks {
  private Networks() {}

  private record Part(String key, AddressBlock block) {}

  static List<Finding> check(Plan plan) {
    var parts = new ArrayList<Part>();
    plan.draft().network().ifPresent(its -> parts.add(new Part("starbase:network.lan", its.lan())));
    for (int i = 0; plan.draft().network().isEmpty() && i < plan.pool().size(); i++) {
      parts.add(new Part("starbase:cilium.addresses[" + i + "]", plan.pool().get(i)));
    }
    plan.cluster()
        .ifPresent(
            its -> {
              its.pods().ifPresent(pods -> parts.add(new Part("starbase:cluster.plan.pods", pods)));
              its.services()
                  .ifPresent(
                      services -> parts.add(new Part("starbase:cluster.plan.services", services)));
            });
    var findings = new ArrayList<Finding>();
    for (int i = 0; i < parts.size(); i++) {
      for (var before : parts.subList(0, i)) {
        var part = parts.get(i);
        if (part.key().startsWith("starbase:cluster") && part.block().overlaps(before.block())) {
          findings.add(
              Finding.error(
                      part.key(),
                      "shares addresses with %s (%s)".formatted(before.key(), before.block()))
                  .given(part.block())
                  .allowed(
                      "a network of its own, as 10.244.0.0/16 for pods and 10.96.0.0/12 for Services"));
        }
      }
    }
    return findings;
  }
}
