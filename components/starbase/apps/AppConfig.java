package starbase.apps;

import java.util.List;
import java.util.Optional;
import starbase.net.DnsLabel;
import starbase.net.Hostname;
import starbase.rules.Rules;

/**
 * One application.
 *
 * @param namespace where it runs
 * @param gateway the Gateway that it is reached by
 * @param hostnames the names that it is reached at
 * @param service what the route leads to
 * @param workload what runs behind the Service; without it, the Service is somebody else's
 */
public record AppConfig(
    DnsLabel namespace,
    DnsLabel gateway,
    List<Hostname> hostnames,
    ServiceConfig service,
    Optional<WorkloadConfig> workload) {
  /** The listener that routes attach to; its Gateway must have it. */
  public static final DnsLabel LISTENER = new DnsLabel("https");

  /**
   * @throws IllegalArgumentException if there are no hostnames or one stands twice
   */
  public AppConfig {
    var rules =
        new Rules().require(!hostnames.isEmpty(), "hostnames", "is empty", "at least one hostname");
    for (int i = 0; i < hostnames.size(); i++) {
      rules.require(
          hostnames.indexOf(hostnames.get(i)) == i,
          "hostnames[" + i + "]",
          "stands there twice",
          "each hostname once");
    }
    rules.enforce();
  }
}
