package starbase.kubernetes;

import java.util.Optional;

/** How a cluster is reached. */
public sealed interface Access {
  /**
   * By the kubeconfig of a cluster that this lab makes.
   *
   * @param text the kubeconfig itself, a secret
   */
  record Kubeconfig(String text) implements Access {
    @Override
    public String toString() {
      return "a kubeconfig";
    }
  }

  /**
   * By a kubeconfig that is on this machine.
   *
   * @param path its path; without it KUBECONFIG, then ~/.kube/config
   * @param context which context of it; without it the current one
   */
  record Local(Optional<String> path, Optional<String> context) implements Access {}
}
