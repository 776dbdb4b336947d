package starbase.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import starbase.net.Address;

/** On the loopback, where nothing asks by ARP: the kernel's table is a file of the test's own. */
class LanProberTest {
  private static final Address HERE = Address.parse("127.0.0.1");
  private static final String TABLE =
      """
      IP address       HW type     Flags       HW address            Mask     Device
      127.0.0.1        0x1         0x%d         bc:24:11:00:00:01     *        eth0
      """;

  @TempDir private Path folder;

  @Test
  void whoeverTakesOrRefusesAConnectionIsThere() throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(look(server.getLocalPort(), folder.resolve("none")))
          .isEqualTo(Map.of(HERE, Prober.Presence.ANSWERS));
    }
    assertThat(look(1, folder.resolve("none"))).isEqualTo(Map.of(HERE, Prober.Presence.ANSWERS));
  }

  @Test
  void whoeverAnswersAndHasAnEntryInTheKernelsTableIsOnThisLan() throws IOException {
    var table = folder.resolve("arp");

    Files.writeString(table, TABLE.formatted(2));
    assertThat(look(1, table)).isEqualTo(Map.of(HERE, Prober.Presence.ON_LAN));

    Files.writeString(table, TABLE.formatted(0));
    assertThat(look(1, table)).isEqualTo(Map.of(HERE, Prober.Presence.ANSWERS));
  }

  @Test
  void anEntryFromBeforeAloneIsNobody() throws IOException {
    var table = folder.resolve("arp");
    Files.writeString(table, TABLE.formatted(2));

    assertThat(new LanProber(List.of(), table).look(Set.of(HERE))).isEmpty();
  }

  private static Map<Address, Prober.Presence> look(int port, Path table) {
    return new LanProber(List.of(port), table).look(Set.of(HERE));
  }
}
