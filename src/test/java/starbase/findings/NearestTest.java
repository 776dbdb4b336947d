package starbase.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestTest {
  private static final List<String> KNOWN = List.of("dnsNames", "commonName", "listeners", "port");

  @ParameterizedTest
  @CsvSource({
    "dnsName, dnsNames",
    "DNSNames, dnsNames",
    "dns_names, dnsNames",
    "commonname, commonName",
    "common, commonName",
    "listner, listeners",
    "ports, port"
  })
  void aSlipIsRecognised(String given, String meant) {
    assertThat(Nearest.of(given, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "address", "com", "names", "x"})
  void whatIsFarFromEverythingIsNotGuessed(String given) {
    assertThat(Nearest.of(given, KNOWN)).isEmpty();
  }
}
