package starbase.dns;

import java.util.List;
import java.util.Optional;
import starbase.net.Address;
import starbase.net.DnsLabel;
import starbase.net.Hostname;

/** Records as tests need them. */
final class Records {
  static final Hostname ZONE = new Hostname("lab.example");
  private static final DnsLabel OUTSIDE = new DnsLabel("outside");

  private Records() {}

  static DnsConfig dns() {
    return new DnsConfig(
        ZONE,
        300,
        new NameServer(new Hostname("ns.lab.example"), Optional.of(Address.parse("192.168.7.1"))),
        List.of(OUTSIDE),
        Optional.empty());
  }

  static DnsRecords of(DnsRecord... records) {
    return new DnsRecords(dns(), List.of(records));
  }

  static DnsRecord internal(String name, String address) {
    return new DnsRecord(
        new Hostname(name),
        Address.parse(address),
        300,
        new RecordTarget.Gateway(new DnsLabel("inside")),
        Audience.INTERNAL);
  }

  static DnsRecord external(String name, String address) {
    return new DnsRecord(
        new Hostname(name),
        Address.parse(address),
        300,
        new RecordTarget.Gateway(OUTSIDE),
        Audience.EXTERNAL);
  }
}
