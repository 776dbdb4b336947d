package starbase.talos;

import java.util.Optional;
import starbase.rules.Rules;

/**
 * How long a step may take until it fails, in seconds.
 *
 * @param answer a machine, to boot and to answer (default 900)
 * @param ready the cluster, to be ready when its machines answer (default 900)
 * @param upgrade one machine's new Talos, or the cluster's new Kubernetes (default 3600)
 * @param leave one machine, to leave the cluster (default 600)
 */
public record TimeoutsConfig(
    Optional<Integer> answer,
    Optional<Integer> ready,
    Optional<Integer> upgrade,
    Optional<Integer> leave) {
  static final TimeoutsConfig DEFAULTS =
      new TimeoutsConfig(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * @throws IllegalArgumentException if one is not above 0
   */
  public TimeoutsConfig {
    var rules = new Rules();
    require(rules, "answer", answer);
    require(rules, "ready", ready);
    require(rules, "upgrade", upgrade);
    require(rules, "leave", leave);
    rules.enforce();
  }

  private static void require(Rules rules, String field, Optional<Integer> seconds) {
    rules.require(seconds.orElse(1) > 0, field, "is no time", "seconds, at least 1");
  }
}
