package starbase.kubernetes;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.helm.v3.Release;
import com.pulumi.kubernetes.helm.v3.ReleaseArgs;
import com.pulumi.resources.CustomResourceOptions;
import java.time.Duration;
import java.util.Map;

/**
 * An installed Helm chart.
 *
 * @param resource what dependents wait for
 * @param revision counts the installs and upgrades of this release
 */
public record HelmRelease(Release resource, Output<String> revision) {
  /** Long enough to pull the images of a whole CNI over a home line. */
  private static final Duration TIMEOUT = Duration.ofMinutes(15);

  /**
   * Installs a chart, or brings the release to these values.
   *
   * @param resourceName the Pulumi resource's name
   * @param name the release's name in the cluster
   * @param namespace where; it exists
   * @param chart what
   * @param values all values that differ from the chart's own
   */
  public static HelmRelease of(
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
            .timeout(Math.toIntExact(TIMEOUT.toSeconds()))
            // A first install that failed leaves its name taken; the next run must get past it
            // (pulumi-kubernetes#2758).
            .replace(true);
    chart.version().ifPresent(args::version);
    var release = new Release(resourceName, args.build(), options);
    return new HelmRelease(
        release,
        release.status().applyValue(status -> Integer.toString(status.revision().orElse(0))));
  }
}
