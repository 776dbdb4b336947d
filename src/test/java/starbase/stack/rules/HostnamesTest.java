package starbase.stack.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import starbase.net.Hostname;

/**
 * The cases of the Gateway API's own documentation of Listener.hostname and HTTPRoute.hostnames.
 */
class HostnamesTest {
  @ParameterizedTest
  @CsvSource({
    "test.example.com, test.example.com, test.example.com",
    "*.example.com, test.example.com, test.example.com",
    "*.example.com, foo.test.example.com, foo.test.example.com",
    "test.example.com, *.example.com, test.example.com",
    "*.example.com, *.example.com, *.example.com",
    "*.example.com, *.test.example.com, *.test.example.com",
    "*.test.example.com, *.example.com, *.test.example.com"
  })
  void aListenerTakesOfARoute(Hostname listener, Hostname route, Hostname common) {
    assertThat(listener.common(route)).contains(common);
  }

  @ParameterizedTest
  @CsvSource({
    "test.example.com, example.com",
    "*.example.com, example.com",
    "example.com, *.example.com",
    "*.example.com, test.example.net",
    "*.example.com, testexample.com",
    "*.a.example.com, *.b.example.com"
  })
  void aListenerTakesNothingOfARoute(Hostname listener, Hostname route) {
    assertThat(listener.common(route)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com, true",
    "*.example.com, test.example.com, true",
    "*.example.com, *.example.com, true",
    "*.example.com, example.com, false",
    "*.example.com, foo.test.example.com, false",
    "*.example.com, *.test.example.com, false",
    "test.example.com, *.example.com, false"
  })
  void aWildcardInACertificateIsOneLabel(Hostname certificate, Hostname name, boolean covered) {
    assertThat(Hostnames.covers(certificate, name)).isEqualTo(covered);
  }
}
