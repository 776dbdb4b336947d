package starbase.talos;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import starbase.rules.Rules;

/**
 * Deadlines of the steps, in seconds.
 *
 * @param answer for a machine to boot and to answer; default: 900
 * @param ready for the cluster to be ready after its machines answer; default: 900
 * @param upgrade for one machine's Talos, or the cluster's Kubernetes; default: 3600
 * @param leave for a machine to leave the cluster; default: 600
 */
public record TimeoutsConfig(
    Optional<Integer> answer,
    Optional<Integer> ready,
    Optional<Integer> upgrade,
    Optional<Integer> leave) {
  /**
   * @throws IllegalArgumentException if one is not above 0
   */
  public TimeoutsConfig {
    var rules = new Rules();
    named(answer, ready, upgrade, leave)
        .forEach(
            (field, seconds) ->
                rules.require(seconds > 0, field, "is not a timeout", "1 or more, in seconds"));
    rules.enforce();
  }

  /** Those that are given, by their fields' names. */
  Map<String, Integer> given() {
    return named(answer, ready, upgrade, leave);
  }

  private static Map<String, Integer> named(
      Optional<Integer> answer,
      Optional<Integer> ready,
      Optional<Integer> upgrade,
      Optional<Integer> leave) {
    var given = new LinkedHashMap<String, Integer>();
    answer.ifPresent(seconds -> given.put("answer", seconds));
    ready.ifPresent(seconds -> given.put("ready", seconds));
    upgrade.ifPresent(seconds -> given.put("upgrade", seconds));
    leave.ifPresent(seconds -> given.put("leave", seconds));
    return given;
  }
}
