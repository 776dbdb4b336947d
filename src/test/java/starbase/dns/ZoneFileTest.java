package starbase.dns;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static starbase.dns.Records.external;
import static starbase.dns.Records.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;
import starbase.net.Hostname;

/** The zone as dnsjava reads it. That BIND takes it too is proven in DnsIT. */
class ZoneFileTest {
  @Test
  void theZoneHasItsAuthorityItsServerAndEveryNameOnce() throws IOException {
    var zone =
        ZoneFile.of(
            Records.of(
                internal("argocd.lab.example", "192.168.7.101"),
                external("home.lab.example", "192.168.7.102")));

    assertThat(answers(zone))
        .containsExactly(
            "lab.example. 300 NS ns.lab.example.",
            "ns.lab.example. 300 A 192.168.7.1",
            "argocd.lab.example. 300 A 192.168.7.101",
            "home.lab.example. 300 A 192.168.7.102");
    var authority = authority(zone);
    assertThat(authority.getName()).isEqualTo(Name.fromString("lab.example."));
    assertThat(authority.getHost()).isEqualTo(Name.fromString("ns.lab.example."));
    assertThat(authority.getAdmin()).isEqualTo(Name.fromString("hostmaster.lab.example."));
    assertThat(authority.getMinimum()).isEqualTo(300);
  }

  @Test
  void theFileLooksLikeThis() {
    var zone = ZoneFile.of(Records.of(internal("argocd.lab.example", "192.168.7.101")));

    assertThat(zone)
        .isEqualTo(
            """
            $ORIGIN lab.example.
            $TTL 300
            @                        300    IN SOA  ns.lab.example. hostmaster.lab.example. (SERIAL 3600 600 1209600 300)
            @                        300    IN NS   ns.lab.example.
            ns                       300    IN A    192.168.7.1
            argocd                   300    IN A    192.168.7.101
            """
                .replace("SERIAL", Long.toUnsignedString(serial(zone))));
  }

  @Test
  void theSerialIsTheSameForTheSameRecordsAndAnotherForOthers() {
    var before = ZoneFile.of(Records.of(internal("a.lab.example", "192.168.7.101")));
    var again = ZoneFile.of(Records.of(internal("a.lab.example", "192.168.7.101")));
    var after = ZoneFile.of(Records.of(internal("a.lab.example", "192.168.7.102")));

    assertThat(again).isEqualTo(before);
    assertThat(serial(after)).isNotEqualTo(serial(before));
    assertThat(List.of(serial(before), serial(after)))
        .allSatisfy(serial -> assertThat(serial).isBetween(1L, 0xFFFF_FFFFL));
  }

  @Test
  void aWildcardAndTheZonesOwnNameAreNamesToo() throws IOException {
    var zone =
        ZoneFile.of(
            Records.of(
                external("*.lab.example", "192.168.7.102"),
                external("lab.example", "192.168.7.102")));

    assertThat(answers(zone))
        .contains("*.lab.example. 300 A 192.168.7.102", "lab.example. 300 A 192.168.7.102");
  }

  @Test
  void namesOfOtherDomainsAreLeftOut() throws IOException {
    var zone =
        ZoneFile.of(
            Records.of(
                external("home.other.example", "192.168.7.102"),
                external("otherlab.example", "192.168.7.102")));

    assertThat(answers(zone))
        .containsExactly(
            "lab.example. 300 NS ns.lab.example.", "ns.lab.example. 300 A 192.168.7.1");
  }

  @Test
  void aServerOfAnotherDomainHasNoAddressInTheZone() throws IOException {
    var dns =
        new DnsConfig(
            Records.ZONE,
            300,
            new NameServer(new Hostname("ns.other.example"), Optional.empty()),
            List.of(),
            Optional.empty());

    assertThat(answers(ZoneFile.of(new DnsRecords(dns, List.of()))))
        .containsExactly("lab.example. 300 NS ns.other.example.");
  }

  @Test
  void aServerThatIsAlsoARecordStandsOnce() throws IOException {
    var zone = ZoneFile.of(Records.of(internal("ns.lab.example", "192.168.7.1")));

    assertThat(answers(zone)).containsOnlyOnce("ns.lab.example. 300 A 192.168.7.1");
  }

  private static List<String> answers(String zone) throws IOException {
    return parsed(zone)
        .filter(record -> record.getType() != Type.SOA)
        .map(
            record ->
                "%s %d %s %s"
                    .formatted(
                        record.getName(),
                        record.getTTL(),
                        Type.string(record.getType()),
                        record.rdataToString()))
        .toList();
  }

  private static SOARecord authority(String zone) throws IOException {
    return parsed(zone)
        .filter(SOARecord.class::isInstance)
        .map(SOARecord.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static long serial(String zone) {
    try {
      return authority(zone).getSerial();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Stream<Record> parsed(String zone) throws IOException {
    var records = Stream.<Record>builder();
    try (var master = new Master(new ByteArrayInputStream(zone.getBytes(UTF_8)))) {
      for (var record = master.nextRecord(); record != null; record = master.nextRecord()) {
        records.add(record);
      }
    }
    return records.build();
  }
}
