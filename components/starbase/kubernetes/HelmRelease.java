package starbase.kubernetes;

import com.pulumi.kubernetes.helm.v3.Release;
import com.pulumi.kubernetes.helm.v3.ReleaseArgs;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import java.time.Duration;
import java.util.Map;

/** An installed Helm chart. */
public final class HelmRelease {
  /** For what Helm itself waits for: a chart's hooks. */
  private static final Duration TIMEOUT = Duration.ofMinutes(15);

  private HelmRelease() {}

  /**
   * Installs a chart, or brings the release to these values. Its workloads are to be waited for by
   * {@link Awaited#release}: Helm's own wait says nothing, and lets {@code maxUnavailable} pods be
   * missing, which for a chart with 100 % is all of them.
   *
   * @param resourceName the Pulumi resource's name
   * @param name the release's name in the cluster
   * @param namespace where; it exists
   * @param chart what
   * @param values all values that differ from the chart's own
   */
  public static Resource create(
      String resourceName,
      String name,
      String namespace,
      Chart chart,
      Map<String, Object> values,
      CustomResourceOptions options) {
    var args =
        ReleaseArgs.builder()
            .name(name)
            .namespace(namespace)
            .chart(chart.location())
            .values(Values.forPulumi(values))
            .skipAwait(true)
            .timeout(Math.toIntExact(TIMEOUT.toSeconds()))
            // A first install that failed leaves its name taken; the next run must get past it
            // (pulumi-kubernetes#2758).
            .replace(true);
    chart.version().ifPresent(args::version);
    return new Release(resourceName, args.build(), options);
  }
}
