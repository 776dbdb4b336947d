package starbase.tools.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Of a cluster without objects, where every request ends at its first step: how often is asked. */
class PagesTest {
  private static final ClusterObjects EMPTY =
      new ClusterObjects(
          List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
          List.of(), List.of());
  private static final Doctor DOCTOR =
      new Doctor(
          name -> List.of(),
          (address, target, trusted) -> new Request.Answer(200, Duration.ofMillis(7)));

  private final AtomicInteger reads = new AtomicInteger();

  @Test
  void aPlannedPageThatDoesNotAnswerIsAFindingInTheDoctorsWords() throws InterruptedException {
    var pages =
        ask(
            Duration.ZERO,
            new PlannedPage("https://home.example.org/", Optional.empty()),
            new PlannedPage("https://rpc.example.org/", Optional.of("it speaks gRPC")));

    assertThat(pages.text())
        .isEqualTo(
            """
            PAGE                       ANSWER
            https://home.example.org/  BROKEN at dns
            https://rpc.example.org/   not asked: it speaks gRPC
            """);
    assertThat(pages.findings())
        .singleElement()
        .asString()
        .startsWith("https://home.example.org/ ends at: dns (layer dns): home.example.org does not")
        .endsWith("Look further: kubectl get httproute,gateway -A");
  }

  @Test
  void aPageThatDoesNotAnswerIsAskedAgainUntilPatienceIsOver() throws InterruptedException {
    ask(Duration.ofMillis(300), new PlannedPage("https://home.example.org/", Optional.empty()));
    assertThat(reads).hasValueGreaterThan(1);
  }

  @Test
  void whenAllPagesAnswerTheClusterIsReadOnce() throws InterruptedException {
    ask(
        Duration.ofHours(1),
        new PlannedPage("https://rpc.example.org/", Optional.of("it speaks gRPC")));
    assertThat(reads).hasValue(1);
  }

  private Pages ask(Duration patience, PlannedPage... pages) throws InterruptedException {
    return Pages.ask(
        List.of(pages),
        DOCTOR,
        () -> {
          reads.incrementAndGet();
          return EMPTY;
        },
        patience,
        Clock.systemUTC());
  }
}
