package starbase.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static starbase.dns.Records.external;
import static starbase.dns.Records.internal;

import org.junit.jupiter.api.Test;

/** The records as a hosts file and as dnsmasq's lines, and the names of the outputs. */
class OtherFormsTest {
  private static final DnsRecords RECORDS =
      Records.of(
          external("*.lab.example", "192.168.7.102"),
          internal("argocd.lab.example", "192.168.7.101"),
          external("home.lab.example", "192.168.7.102"),
          external("homepage.other.example", "192.168.7.102"));

  @Test
  void aHostsFileHasAnAddressALineAndNoWildcard() {
    assertThat(HostsFile.of(RECORDS))
        .isEqualTo(
            """
            192.168.7.101   argocd.lab.example
            192.168.7.102   home.lab.example homepage.other.example
            """);
  }

  @Test
  void dnsmasqGetsEachNameAloneAndAWildcardAsADomain() {
    assertThat(Dnsmasq.of(RECORDS))
        .isEqualTo(
            """
            address=/lab.example/192.168.7.102
            host-record=argocd.lab.example,192.168.7.101,300
            host-record=home.lab.example,192.168.7.102,300
            host-record=homepage.other.example,192.168.7.102,300
            """);
  }

  @Test
  void everyTextIsThereForAllForTheLanAndForOutside() {
    assertThat(DnsOutputs.all().keySet())
        .containsExactly(
            "dnsRecords",
            "dnsZone",
            "dnsZoneInternal",
            "dnsZoneExternal",
            "hosts",
            "hostsInternal",
            "hostsExternal",
            "dnsmasq",
            "dnsmasqInternal",
            "dnsmasqExternal");
  }

  @Test
  void theInternalTextHasNoExternalNameAndTheOtherWayRound() {
    assertThat(DnsOutputs.all().get("hostsInternal").apply(RECORDS))
        .isEqualTo("192.168.7.101   argocd.lab.example\n");
    assertThat(DnsOutputs.all().get("hostsExternal").apply(RECORDS))
        .isEqualTo("192.168.7.102   home.lab.example homepage.other.example\n");
  }
}
