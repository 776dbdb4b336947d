package starbase.apps;

import java.util.List;
import java.util.Optional;
import starbase.net.DnsLabel;
import starbase.rules.Rules;

/**
 * Selects the listeners of a Gateway that an application attaches to.
 *
 * @param listeners the names of listeners; default: those that match its hostnames and end TLS
 *     (with route kind tls: those that pass TLS through; with kind tcp: those of protocol TCP)
 * @param allListeners whether to attach to the Gateway as a whole, without a sectionName: to all
 *     listeners that match its hostnames, also those of plain HTTP
 */
public record ParentConfig(Optional<List<DnsLabel>> listeners, Optional<Boolean> allListeners) {
  /** The listeners that take its hostnames. */
  static final ParentConfig FITTING = new ParentConfig(Optional.empty(), Optional.empty());

  /**
   * @throws IllegalArgumentException if the list is empty, names a listener twice, or stands beside
   *     allListeners: true
   */
  public ParentConfig {
    var rules = new Rules();
    check(rules, listeners);
    rules
        .require(
            listeners.isEmpty() || !allListeners.orElse(false),
            "allListeners",
            "can't be combined with listeners",
            "one of the two")
        .enforce();
  }

  /** Whether it attaches to the Gateway as a whole. */
  public boolean whole() {
    return allListeners.orElse(false);
  }

  static void check(Rules rules, Optional<List<DnsLabel>> listeners) {
    var names = listeners.orElse(List.of());
    rules.require(
        listeners.isEmpty() || !names.isEmpty(),
        "listeners",
        "is empty",
        "at least one; leave it out for those that match the hostnames");
    for (int i = 0; i < names.size(); i++) {
      rules.require(
          names.indexOf(names.get(i)) == i,
          "listeners[" + i + "]",
          "is listed twice",
          "each listener once");
    }
  }
}
