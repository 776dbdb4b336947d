package starbase.kubernetes;

import com.pulumi.kubernetes.Provider;
import com.pulumi.kubernetes.ProviderArgs;
import com.pulumi.resources.CustomResourceOptions;

/**
 * A Kubernetes cluster that layers are put on.
 *
 * @param provider what all their objects go through
 */
public record Cluster(Provider provider) {
  /**
   * Speaks to a cluster that is there already.
   *
   * <p>The identifier is a literal: without one the provider takes the kubeconfig's text, and a
   * renewed client certificate replaces every object of the lab (pulumi-kubernetes#4019).
   *
   * @param name the provider's resource name
   */
  public static Cluster of(String name, ClusterConfig config) {
    if (config instanceof ClusterConfig.Existing existing) {
      var args = ProviderArgs.builder().clusterIdentifier(existing.identifier());
      existing.kubeconfig().ifPresent(args::kubeconfig);
      existing.context().ifPresent(args::context);
      return new Cluster(new Provider(name, args.build(), CustomResourceOptions.builder().build()));
    }
    throw new IllegalStateException("no way to a cluster of " + config);
  }
}
