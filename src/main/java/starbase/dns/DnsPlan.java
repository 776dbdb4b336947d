package starbase.dns;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import starbase.config.Finding;
import starbase.net.DnsLabel;

/** What of {@code starbase:dns} does not fit the rest of the lab. */
public final class DnsPlan {
  private DnsPlan() {}

  /**
   * All that does not fit.
   *
   * @param gateways the Gateways of the lab
   */
  public static List<Finding> findings(DnsConfig dns, Collection<DnsLabel> gateways) {
    var findings = new ArrayList<Finding>();
    for (int i = 0; i < dns.external().size(); i++) {
      findings.addAll(unknown(gateways, dns.external().get(i), "starbase:dns.external[" + i + "]"));
    }
    dns.wildcard()
        .ifPresent(gateway -> findings.addAll(unknown(gateways, gateway, "starbase:dns.wildcard")));
    return List.copyOf(findings);
  }

  private static List<Finding> unknown(
      Collection<DnsLabel> gateways, DnsLabel gateway, String key) {
    if (gateways.contains(gateway)) {
      return List.of();
    }
    return List.of(
        Finding.error(key, "is not a Gateway of this lab")
            .given(gateway)
            .allowed(gateway.text(), gateways.stream().map(DnsLabel::text).sorted().toList()));
  }
}
