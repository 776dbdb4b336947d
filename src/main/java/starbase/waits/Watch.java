package starbase.waits;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import starbase.kubernetes.Awaited;

/** One wait: what was seen so far, and what follows from one more look. Not for several threads. */
final class Watch {
  /** What follows from a look. */
  sealed interface Step {
    /**
     * Look again.
     *
     * @param news what has changed since the last look and is worth a line
     */
    record Again(Optional<String> news) implements Step {}

    /**
     * The wait is over.
     *
     * @param verdict what it ended with
     * @param news that it is over, if a line said before that it was not
     */
    record Done(Verdict.Ready verdict, Optional<String> news) implements Step {}

    /**
     * The wait is given up.
     *
     * @param message why
     */
    record GivenUp(String message) implements Step {}
  }

  private final Awaited wait;
  private final Instant begun;
  private @Nullable Instant hopelessSince;
  private boolean looked;
  private String said = "";

  Watch(Awaited wait, Instant begun) {
    this.wait = wait;
    this.begun = begun;
  }

  /** The newest reason; empty before the first look that found one. */
  String reason() {
    return said;
  }

  Awaited wanted() {
    return wait;
  }

  /** Takes one more look into account. */
  Step after(Verdict verdict, Instant now) {
    if (verdict instanceof Verdict.Ready ready) {
      return new Step.Done(
          ready,
          said.isEmpty()
              ? Optional.empty()
              : Optional.of("%s is ready after %d s".formatted(wait, seconds(now))));
    }
    var reason =
        verdict instanceof Verdict.Hopeless hopeless
            ? hopeless.reason()
            : ((Verdict.NotYet) verdict).reason();
    if (verdict instanceof Verdict.Hopeless hopeless) {
      hopelessSince = hopelessSince == null ? now : hopelessSince;
      if (!now.isBefore(hopelessSince.plus(hopeless.grace()))) {
        return new Step.GivenUp("%s can't become ready: %s".formatted(wait, reason));
      }
    } else {
      hopelessSince = null;
    }
    if (!now.isBefore(begun.plus(wait.patience()))) {
      return new Step.GivenUp(
          "%s is not ready after %d minutes: %s"
              .formatted(wait, wait.patience().toMinutes(), reason));
    }
    // What the first look finds is mostly over at the second.
    var isNews = looked && !reason.equals(said);
    looked = true;
    if (!isNews) {
      return new Step.Again(Optional.empty());
    }
    said = reason;
    return new Step.Again(
        Optional.of(
            "waiting for %s: %s".formatted(wait, reason.strip().replaceAll("\\s*\n\\s*", " | "))));
  }

  private long seconds(Instant now) {
    return Duration.between(begun, now).toSeconds();
  }
}
