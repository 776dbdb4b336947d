package starbase.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"starbasestudio.uk", "*.starbasestudio.uk", "argocd.192-168-1-21.nip.io", "a"})
  void aHostnameIsTaken(String text) {
    assertThat(new Hostname(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "Home.starbasestudio.uk",
        "home.starbasestudio.uk.",
        "a..b",
        "a.*.b",
        "-a.b",
        "a_b.c",
        "192.168.1.101",
        "https://a.b"
      })
  void whatIsNoHostnameIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Hostname(text))
        .withMessage(
            "is not a hostname; allowed: lower case labels of letters, digits and - joined by dots, such as home.starbasestudio.uk or *.starbasestudio.uk");
  }

  @Test
  void aHostnameOfMoreThan253CharactersIsRefused() {
    assertThat(new Hostname("a.".repeat(126) + "a").text()).hasSize(253);
    assertThatIllegalArgumentException().isThrownBy(() -> new Hostname("a.".repeat(126) + "ab"));
  }

  @Test
  void onlyAStarAtTheFrontMakesAWildcard() {
    assertThat(new Hostname("*.starbasestudio.uk").isWildcard()).isTrue();
    assertThat(new Hostname("starbasestudio.uk").isWildcard()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "App", "app_x", "-app", "app-", "a.b"})
  void whatIsNoNameOfAnObjectIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DnsLabel(text))
        .withMessage(
            "is not a name; allowed: 1 to 63 of a-z, 0-9 and -, with a letter or digit at both ends");
  }

  @Test
  void aNameHasUpTo63Characters() {
    assertThat(new DnsLabel("a".repeat(63)).text()).hasSize(63);
    assertThatIllegalArgumentException().isThrownBy(() -> new DnsLabel("a".repeat(64)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65536})
  void whatIsNoPortIsRefused(int number) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Port(number))
        .withMessage("is not a port; allowed: 1 to 65535");
  }
}
