package starbase.waits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import starbase.kubernetes.Awaited;
import starbase.waits.Watch.Step;

class WatchTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Verdict READY = Verdict.Ready.of(Map.of());

  private final Watch watch = new Watch(Awaited.of("v1", "Service", "shop", "front"), START);

  @Test
  void whatIsReadyAtTheFirstLookCostsNoLine() {
    assertThat(after(0, READY))
        .isEqualTo(new Step.Done(Verdict.Ready.of(Map.of()), Optional.empty()));
  }

  @Test
  void aReasonIsALineAtTheSecondLookAndAgainWhenItChanges() {
    assertThat(after(0, notYet("a"))).isEqualTo(silent());
    assertThat(after(1, notYet("a"))).isEqualTo(line("waiting for Service shop/front: a"));
    assertThat(after(2, notYet("a"))).isEqualTo(silent());
    assertThat(after(3, notYet("b\n  c"))).isEqualTo(line("waiting for Service shop/front: b | c"));
    assertThat(after(9, READY))
        .isEqualTo(
            new Step.Done(
                Verdict.Ready.of(Map.of()), Optional.of("Service shop/front is ready after 9 s")));
  }

  @Test
  void whatCantBecomeReadyIsGivenUpWhenItStaysSo() {
    assertThat(after(0, Verdict.Hopeless.of("it is taken"))).isEqualTo(silent());
    assertThat(after(9, Verdict.Hopeless.of("it is taken"))).isInstanceOf(Step.Again.class);
    assertThat(after(10, Verdict.Hopeless.of("it is taken")))
        .isEqualTo(new Step.GivenUp("Service shop/front can't become ready: it is taken"));
  }

  @Test
  void whatLooksHopelessOnlyForAMomentIsWaitedFor() {
    after(0, Verdict.Hopeless.of("it is taken"));
    after(9, notYet("it comes"));
    assertThat(after(12, Verdict.Hopeless.of("it is taken"))).isInstanceOf(Step.Again.class);
    assertThat(after(21, Verdict.Hopeless.of("it is taken"))).isInstanceOf(Step.Again.class);
    assertThat(after(22, Verdict.Hopeless.of("it is taken"))).isInstanceOf(Step.GivenUp.class);
  }

  @Test
  void aWaitEndsAtItsDeadlineWithTheNewestReason() {
    after(0, notYet("an old reason"));
    assertThat(after(Duration.ofMinutes(10).toSeconds(), notYet("the newest")))
        .isEqualTo(
            new Step.GivenUp("Service shop/front is not ready after 10 minutes: the newest"));
  }

  private Step after(long seconds, Verdict verdict) {
    return watch.after(verdict, START.plusSeconds(seconds));
  }

  private static Verdict notYet(String reason) {
    return new Verdict.NotYet(reason);
  }

  private static Step silent() {
    return new Step.Again(Optional.empty());
  }

  private static Step line(String text) {
    return new Step.Again(Optional.of(text));
  }
}
