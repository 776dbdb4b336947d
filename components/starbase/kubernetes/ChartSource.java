package starbase.kubernetes;

import java.net.URI;
import java.util.Set;

/** Where a Helm chart comes from. */
public sealed interface ChartSource {
  /** The chart's version, exact. */
  String version();

  /**
   * A chart of a chart repository.
   *
   * @param url the repository, http or https
   * @param name the chart's name in it
   * @param version the chart's version, exact
   */
  record Repository(URI url, String name, String version) implements ChartSource {
    /**
     * @throws IllegalArgumentException if url is not that of a web server
     */
    public Repository {
      requireScheme("url", url, Set.of("https", "http"));
    }
  }

  /**
   * A chart in an OCI registry. It goes to the Kubernetes provider as it is, which fetches it at
   * every preview: only charts of a repository are cached here.
   *
   * @param url the chart, as in {@code oci://quay.io/cilium/charts/cilium}
   * @param version the chart's version, exact
   */
  record Oci(URI url, String version) implements ChartSource {
    /**
     * @throws IllegalArgumentException if url is not that of a registry
     */
    public Oci {
      requireScheme("url", url, Set.of("oci"));
    }
  }

  private static void requireScheme(String field, URI url, Set<String> allowed) {
    if (!allowed.contains(String.valueOf(url.getScheme())) || url.getHost() == null) {
      throw new IllegalArgumentException(
          "%s \"%s\" is no address of a chart; allowed: one that starts with %s://"
              .formatted(field, url, String.join(":// or ", allowed.stream().sorted().toList())));
    }
  }
}
