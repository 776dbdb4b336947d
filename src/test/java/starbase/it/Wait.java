package starbase.it;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for a condition, never for a time. */
final class Wait {

  private static final Duration PAUSE = Duration.ofMillis(200);

  private Wait() {}

  /**
   * Returns when the condition holds; fails with what was waited for, and the evidence, at the
   * deadline.
   */
  static void until(
      String what, Duration deadline, BooleanSupplier condition, Supplier<String> evidence) {
    var end = Instant.now().plus(deadline);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError(
            "waited %s for this: %s%n%s".formatted(deadline, what, evidence.get()));
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
