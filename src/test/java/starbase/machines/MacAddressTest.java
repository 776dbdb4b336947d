package starbase.machines;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import starbase.net.DnsLabel;

class MacAddressTest {
  @Test
  void aMachineWithoutOneHasTheSameAtEveryRun() {
    assertThat(MacAddress.of("starbase-lab", new DnsLabel("cp1")))
        .isEqualTo(MacAddress.of("starbase-lab", new DnsLabel("cp1")))
        .asString()
        .matches("BC:24:11(:[0-9A-F]{2}){3}");
  }

  @Test
  void itIsAnotherForEachMachineAndEachCluster() {
    assertThat(MacAddress.of("starbase-lab", new DnsLabel("cp1")))
        .isNotEqualTo(MacAddress.of("starbase-lab", new DnsLabel("cp2")))
        .isNotEqualTo(MacAddress.of("other-lab", new DnsLabel("cp1")));
  }

  @Test
  void oneThatIsWrittenInLowerCaseIsTheSame() {
    assertThat(new MacAddress("bc:24:11:00:01:0b")).isEqualTo(new MacAddress("BC:24:11:00:01:0B"));
  }
}
