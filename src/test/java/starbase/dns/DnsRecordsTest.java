package starbase.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import starbase.net.Address;
import starbase.net.DnsLabel;
import starbase.stack.LabConfig;
import starbase.testing.SampleLab;

/**
 * Which names the lab of Pulumi.lab.yaml has at which addresses. That they are answered is not
 * proven here.
 */
class DnsRecordsTest {
  private static final LabConfig LAB = SampleLab.config();
  private static final DnsConfig DNS = LAB.dns().orElseThrow();
  private static final DnsLabel INTERNAL = new DnsLabel("gateway-internal");
  private static final DnsLabel EXTERNAL = new DnsLabel("gateway-external");

  @Test
  void aNameHasTheLiveAddressAndNotTheOneAskedFor() {
    var live = live(Map.of(EXTERNAL, Address.parse("192.168.1.112")), Map.of());

    assertThat(DnsRecords.of(DNS, LAB.apps(), LAB.gateways(), live).output())
        .containsExactly(
            output(
                "app.starbasestudio.uk",
                "192.168.1.112",
                "gateway",
                "gateway-external",
                "external"),
            output(
                "home.starbasestudio.uk",
                "192.168.1.112",
                "gateway",
                "gateway-external",
                "external"),
            output(
                "homepage.starbasestudio.uk",
                "192.168.1.112",
                "gateway",
                "gateway-external",
                "external"));
  }

  @Test
  void aNamedServiceHasItsOwnAddressAndIsForTheLan() {
    var live = live(Map.of(), Map.of(new DnsLabel("app-x"), Address.parse("192.168.1.103")));

    assertThat(DnsRecords.of(DNS, LAB.apps(), LAB.gateways(), live).output())
        .containsExactly(
            output(
                "app-svc.starbasestudio.uk",
                "192.168.1.103",
                "service",
                "app-x/app-svc",
                "internal"));
  }

  @Test
  void whatHasNoAddressHasNoRecord() {
    assertThat(DnsRecords.of(DNS, LAB.apps(), LAB.gateways(), live(Map.of(), Map.of())).all())
        .isEmpty();
  }

  @Test
  void internalAndExternalNamesAreTheWholeAndNoNameIsBoth() {
    var all = DnsRecords.of(DNS, LAB.apps(), LAB.gateways(), LAB.askedAddresses());

    assertThat(names(all.only(Audience.INTERNAL)))
        .containsExactly("app-svc.starbasestudio.uk", "argocd.starbasestudio.uk");
    assertThat(names(all.only(Audience.EXTERNAL)))
        .containsExactly(
            "app.starbasestudio.uk", "home.starbasestudio.uk", "homepage.starbasestudio.uk");
    assertThat(all.all()).hasSize(5);
  }

  @Test
  void aWildcardIsARecordOfItsGateway() {
    var dns =
        new DnsConfig(DNS.zone(), 60, DNS.nameServer(), DNS.external(), Optional.of(INTERNAL));
    var live = live(Map.of(INTERNAL, Address.parse("192.168.1.101")), Map.of());

    assertThat(DnsRecords.of(dns, LAB.apps(), LAB.gateways(), live).all())
        .extracting(
            its -> its.name() + " " + its.address() + " " + its.ttl() + " " + its.audience())
        .containsExactly(
            "*.starbasestudio.uk 192.168.1.101 60 INTERNAL",
            "argocd.starbasestudio.uk 192.168.1.101 60 INTERNAL");
  }

  private static LiveAddresses live(
      Map<DnsLabel, Address> gateways, Map<DnsLabel, Address> services) {
    return new LiveAddresses(gateways, services);
  }

  private static List<String> names(DnsRecords records) {
    return records.all().stream().map(its -> its.name().text()).toList();
  }

  private static Map<String, Object> output(
      String name, String address, String kind, String target, String audience) {
    return Map.of(
        "name",
        name,
        "type",
        "A",
        "address",
        address,
        "ttl",
        300,
        kind,
        target,
        "reachable",
        audience);
  }
}
