package starbase.apps;

import java.util.List;
import java.util.Optional;
import starbase.net.DnsLabel;
import starbase.net.Hostname;

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
  /**
   * @throws IllegalArgumentException if there are no hostnames
   */
  public AppConfig {
    if (hostnames.isEmpty()) {
      throw new IllegalArgumentException("hostnames is empty; allowed: at least one hostname");
    }
  }
}
