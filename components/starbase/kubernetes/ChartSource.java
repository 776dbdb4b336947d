package starbase.kubernetes;

import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;
import starbase.rules.Rules;

/** The source of a Helm chart. */
public sealed interface ChartSource {
  /** What Helm takes as a chart's name. */
  Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

  /** The chart's version, exact. */
  String version();

  /**
   * A chart in a chart repository.
   *
   * @param url the repository's address, http or https
   * @param name the chart's name
   * @param version the chart's exact version
   */
  record Repository(URI url, String name, String version) implements ChartSource {
    /**
     * @throws IllegalArgumentException if url is not that of a web server, or name or version is
     *     none
     */
    public Repository {
      rules(url, Set.of("https", "http"), version)
          .require(
              NAME.matcher(name).matches(),
              "name",
              "is not a chart name",
              "a-z, 0-9 and -, such as cilium")
          .enforce();
    }
  }

  /**
   * A chart in an OCI registry. The Kubernetes provider fetches it in every preview; this program
   * caches charts of a repository only.
   *
   * @param url the chart, such as {@code oci://quay.io/cilium/charts/cilium}
   * @param version the chart's exact version
   */
  record Oci(URI url, String version) implements ChartSource {
    /**
     * @throws IllegalArgumentException if url is not that of a registry, or version is none
     */
    public Oci {
      rules(url, Set.of("oci"), version).enforce();
    }
  }

  private static Rules rules(URI url, Set<String> schemes, String version) {
    return new Rules()
        .require(
            schemes.contains(String.valueOf(url.getScheme())) && url.getHost() != null,
            "url",
            "is not the URL of a chart",
            "a URL that starts with %s://"
                .formatted(String.join(":// or ", schemes.stream().sorted().toList())))
        .require(
            Version.isVersion(version),
            "version",
            "is not an exact version",
            "three numbers, such as 1.20.2 or v1.21.2");
  }
}
