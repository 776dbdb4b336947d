package starbase.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import starbase.net.Address;
import starbase.net.DnsLabel;
import starbase.net.Hostname;

class DnsConfigTest {
  private static final NameServer SERVER =
      new NameServer(new Hostname("ns.lab.example"), Optional.of(Address.parse("192.168.7.1")));

  @Test
  void aZoneIsNoWildcard() {
    assertThatThrownBy(() -> config("*.lab.example", 300, SERVER))
        .hasMessage("zone is a wildcard; allowed: a domain, such as starbasestudio.uk");
  }

  @Test
  void answersAreKeptForASecondAtLeast() {
    assertThatThrownBy(() -> config("lab.example", 0, SERVER))
        .hasMessage("ttl is below one second; allowed: 1 to 2147483647 seconds");
  }

  @Test
  void aServerInTheZoneNeedsAnAddressAndOneOutsideDoesNot() {
    assertThatThrownBy(() -> config("lab.example", 300, server("ns.lab.example")))
        .hasMessage(
            "nameServer.name is in the zone and needs an address; allowed: address: beside it, or a name outside the zone");
    assertThat(config("lab.example", 300, server("ns.other.example")).nameServer().address())
        .isEmpty();
  }

  @Test
  void aServerIsNoWildcard() {
    assertThatThrownBy(() -> server("*.other.example"))
        .hasMessage("name is a wildcard; allowed: the name of one server");
  }

  @Test
  void aGatewayIsExternalOnce() {
    var gateway = new DnsLabel("outside");
    assertThatThrownBy(
            () ->
                new DnsConfig(
                    new Hostname("lab.example"),
                    300,
                    SERVER,
                    List.of(gateway, gateway),
                    Optional.empty()))
        .hasMessage("external[1] is listed twice; allowed: each Gateway once");
  }

  private static NameServer server(String name) {
    return new NameServer(new Hostname(name), Optional.empty());
  }

  private static DnsConfig config(String zone, int ttl, NameServer server) {
    return new DnsConfig(new Hostname(zone), ttl, server, List.of(), Optional.empty());
  }
}
