package starbase.kubernetes;

import java.util.Optional;
import starbase.rules.Rules;

/** Which cluster the lab is built on. */
public sealed interface ClusterConfig {
  /** What is known of the cluster before it is asked. */
  Optional<ClusterPlan> plan();

  /**
   * A cluster that somebody else made.
   *
   * @param identifier any name that stays the same for this cluster, whatever its kubeconfig says
   * @param kubeconfig path of a kubeconfig; without it KUBECONFIG, then ~/.kube/config
   * @param context which context of the kubeconfig; without it the current one
   * @param plan what is known of it; nothing is made of that, but the lab is checked against it
   */
  record Existing(
      String identifier,
      Optional<String> kubeconfig,
      Optional<String> context,
      Optional<ClusterPlan> plan)
      implements ClusterConfig {
    /**
     * @throws IllegalArgumentException if the identifier is blank
     */
    public Existing {
      new Rules()
          .require(
              !identifier.isBlank(),
              "identifier",
              "is blank",
              "any name that stays the same for this cluster")
          .enforce();
    }
  }
}
