package starbase.kubernetes;

import java.util.Optional;

/** Which cluster the lab is built on. */
public sealed interface ClusterConfig {
  /**
   * A cluster that somebody else made.
   *
   * @param identifier any name that stays the same for this cluster, whatever its kubeconfig says
   * @param kubeconfig path of a kubeconfig; without it KUBECONFIG, then ~/.kube/config
   * @param context which context of the kubeconfig; without it the current one
   */
  record Existing(String identifier, Optional<String> kubeconfig, Optional<String> context)
      implements ClusterConfig {
    /**
     * @throws IllegalArgumentException if the identifier is blank
     */
    public Existing {
      if (identifier.isBlank()) {
        throw new IllegalArgumentException(
            "identifier is blank; allowed: any name that stays the same for this cluster");
      }
    }
  }
}
