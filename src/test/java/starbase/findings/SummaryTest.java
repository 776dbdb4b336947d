package starbase.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a person gets to read of many findings. */
class SummaryTest {
  private static List<Finding> of(int applications) {
    return IntStream.rangeClosed(1, applications)
        .mapToObj(
            i ->
                Finding.error("starbase:apps.app-" + i + ".namespace", "has not the labels")
                    .given("app-" + i)
                    .allowed("labels in starbase:namespaces.app-" + i))
        .toList();
  }

  @Test
  void aMistakeThatHitsFortyApplicationsIsOneMessageWithTheCount() {
    assertThat(Summary.together(of(40)))
        .extracting(Finding::toString)
        .containsExactly(
            "starbase:apps.app-1.namespace: \"app-1\" has not the labels; allowed: labels in starbase:namespaces.app-1; the same at 39 more: starbase:apps.app-2.namespace, starbase:apps.app-3.namespace, starbase:apps.app-4.namespace, …");
    assertThat(Summary.of(of(40))).isEqualTo("the configuration has 40 problems");
  }

  @Test
  void aFewAreToldOneByOne() {
    assertThat(Summary.together(of(3))).isEqualTo(of(3));
  }

  @Test
  void otherMistakesAreNotPutTogether() {
    var others =
        List.of(
            Finding.error("starbase:apps.a.namespace", "is wrong"),
            Finding.error("starbase:apps.b.gateway", "is wrong"),
            Finding.warning("starbase:apps.c.namespace", "is wrong"),
            Finding.error("starbase:gateways.d.namespace", "is wrong"),
            Finding.error("starbase:apps.e.namespace", "is worse"));

    assertThat(Summary.together(others)).isEqualTo(others);
  }
}
