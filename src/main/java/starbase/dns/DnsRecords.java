package starbase.dns;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import starbase.apps.AppConfig;
import starbase.gateways.GatewayConfig;
import starbase.net.Address;
import starbase.net.DnsLabel;
import starbase.net.Hostname;
import starbase.routing.Attachment;

/**
 * The records of a lab.
 *
 * @param dns the zone that they are for
 * @param all each once, by name and address
 */
public record DnsRecords(DnsConfig dns, List<DnsRecord> all) {
  private static final Comparator<DnsRecord> ORDER =
      Comparator.comparing((DnsRecord its) -> its.name().text()).thenComparing(DnsRecord::address);

  /** The records of a lab at these addresses; what has no address has no record. */
  public static DnsRecords of(
      DnsConfig dns,
      Map<DnsLabel, AppConfig> apps,
      Map<DnsLabel, GatewayConfig> gateways,
      LiveAddresses live) {
    var found = new ArrayList<DnsRecord>();
    apps.forEach(
        (name, app) -> {
          found.addAll(routes(dns, app, gateways, live));
          found.addAll(service(dns, name, app, live));
        });
    dns.wildcard()
        .ifPresent(
            gateway ->
                found.addAll(
                    gateway(dns, gateway, List.of(new Hostname("*." + dns.zone())), live)));
    return new DnsRecords(dns, found.stream().distinct().sorted(ORDER).toList());
  }

  /** The records for an audience. */
  public DnsRecords only(Audience audience) {
    return new DnsRecords(dns, all.stream().filter(its -> its.audience() == audience).toList());
  }

  /** The records as a stack output. */
  public List<Map<String, Object>> output() {
    return all.stream().map(DnsRecord::output).toList();
  }

  private static List<DnsRecord> routes(
      DnsConfig dns, AppConfig app, Map<DnsLabel, GatewayConfig> gateways, LiveAddresses live) {
    return Attachment.of(app, gateways).stream()
        .flatMap(its -> gateway(dns, its.gateway(), its.hostnames(), live).stream())
        .toList();
  }

  private static List<DnsRecord> gateway(
      DnsConfig dns, DnsLabel gateway, List<Hostname> names, LiveAddresses live) {
    return address(live.gateways(), gateway)
        .flatMap(
            address ->
                names.stream()
                    .map(
                        name ->
                            new DnsRecord(
                                name,
                                address,
                                dns.ttl(),
                                new RecordTarget.Gateway(gateway),
                                dns.audience(gateway))))
        .toList();
  }

  /** A Service's own address bypasses the Gateways: its name is for the LAN. */
  private static List<DnsRecord> service(
      DnsConfig dns, DnsLabel name, AppConfig app, LiveAddresses live) {
    var service = app.service();
    return service.hostname().stream()
        .flatMap(
            hostname ->
                address(live.services(), name)
                    .map(
                        address ->
                            new DnsRecord(
                                hostname,
                                address,
                                dns.ttl(),
                                new RecordTarget.Service(app.namespace(), service.name()),
                                Audience.INTERNAL)))
        .toList();
  }

  private static Stream<Address> address(Map<DnsLabel, Address> addresses, DnsLabel name) {
    return Optional.ofNullable(addresses.get(name)).stream();
  }
}
