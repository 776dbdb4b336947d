package starbase.waits;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What one look at an object says. */
sealed interface Verdict {
  /** The same with another wording of its reason; as it is, if it is ready. */
  default Verdict reworded(UnaryOperator<String> change) {
    if (this instanceof Hopeless its) {
      return new Hopeless(change.apply(its.reason()), its.grace());
    }
    return this instanceof NotYet its ? new NotYet(change.apply(its.reason())) : this;
  }

  /**
   * It is ready.
   *
   * @param status the object's status
   * @param warning what is not well all the same
   */
  record Ready(Map<String, Object> status, Optional<String> warning) implements Verdict {
    static Ready of(Map<String, Object> status) {
      return new Ready(status, Optional.empty());
    }
  }

  /**
   * It is not ready yet.
   *
   * @param reason why, as far as the cluster says
   */
  record NotYet(String reason) implements Verdict {}

  /**
   * It can't become ready by waiting.
   *
   * @param reason why
   * @param grace how long this has to be said without a break: what a controller has not noticed
   *     yet looks the same
   */
  record Hopeless(String reason, Duration grace) implements Verdict {
    private static final Duration GRACE = Duration.ofSeconds(10);

    static Hopeless of(String reason) {
      return new Hopeless(reason, GRACE);
    }
  }
}
