package starbase.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import starbase.LabConfig;
import starbase.config.Finding;
import starbase.net.DnsLabel;
import starbase.testing.RealLab;

class DnsPlanTest {
  private static final LabConfig LAB = RealLab.config();

  @Test
  void theLabsOwnPlanFits() {
    assertThat(DnsPlan.findings(LAB.dns().orElseThrow(), LAB.gateways().keySet())).isEmpty();
  }

  @Test
  void gatewaysThatTheLabHasNotAreNamed() {
    var own = LAB.dns().orElseThrow();
    var dns =
        new DnsConfig(
            own.zone(),
            own.ttl(),
            own.nameServer(),
            List.of(new DnsLabel("gateway-external"), new DnsLabel("gateway-x")),
            Optional.of(new DnsLabel("gateway-y")));

    assertThat(DnsPlan.findings(dns, LAB.gateways().keySet()))
        .extracting(Finding::toString)
        .containsExactly(
            "starbase:dns.external[1]: \"gateway-x\" is not a Gateway of this lab; allowed:"
                + " gateway-external, gateway-internal",
            "starbase:dns.wildcard: \"gateway-y\" is not a Gateway of this lab; allowed:"
                + " gateway-external, gateway-internal");
  }
}
