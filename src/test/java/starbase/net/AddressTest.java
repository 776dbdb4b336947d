package starbase.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "192.168.1.101", "255.255.255.255"})
  void anAddressIsPrintedAsItWasRead(String text) {
    assertThat(Address.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "192.168.1",
        "192.168.1.256",
        "192.168.1.1.1",
        "192.168.01.1",
        "1.2.3.4 ",
        "1.2.3.-4"
      })
  void anythingElseIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Address.parse(text))
        .withMessage(
            "is not an IPv4 address; allowed: four numbers from 0 to 255, such as 192.168.1.101");
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "fe80::1%eth0", "2001:db8::192.168.1.1", "fd00::/64"})
  void ofIpv6IsSaidThatOnlyIpv4IsSupported(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Address.parse(text))
        .withMessage(
            "is IPv6, which the lab does not support; allowed: IPv4, such as 192.168.1.101");
  }

  @Test
  void addressesAreOrderedAsNumbers() {
    assertThat(Address.parse("9.0.0.0")).isLessThan(Address.parse("192.168.1.9"));
    assertThat(Address.parse("192.168.1.9")).isLessThan(Address.parse("192.168.1.10"));
  }
}
