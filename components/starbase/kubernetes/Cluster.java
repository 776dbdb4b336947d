package starbase.kubernetes;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.Provider;
import com.pulumi.kubernetes.ProviderArgs;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;

/**
 * A Kubernetes cluster that layers are put on.
 *
 * @param provider what all their objects go through
 */
public record Cluster(Provider provider) {
  /**
   * Speaks to a cluster that somebody else made.
   *
   * @param name the provider's resource name
   */
  public static Cluster create(String name, ClusterConfig.Existing existing) {
    var args = identified(existing.identifier());
    existing.kubeconfig().ifPresent(args::kubeconfig);
    existing.context().ifPresent(args::context);
    return new Cluster(new Provider(name, args.build(), CustomResourceOptions.builder().build()));
  }

  /**
   * Speaks to a cluster that this lab makes.
   *
   * @param name the provider's resource name
   * @param kubeconfig the kubeconfig's text, a secret
   * @param maker what makes the cluster; its objects wait until that is ready
   */
  public static Cluster create(
      String name, String identifier, Output<String> kubeconfig, Resource maker) {
    var args = identified(identifier).kubeconfig(kubeconfig);
    return new Cluster(
        new Provider(name, args.build(), CustomResourceOptions.builder().dependsOn(maker).build()));
  }

  /**
   * The identifier is a literal: without one the provider takes the kubeconfig's text, and a
   * renewed client certificate replaces every object of the lab (pulumi-kubernetes#4019).
   */
  private static ProviderArgs.Builder identified(String identifier) {
    return ProviderArgs.builder().clusterIdentifier(identifier);
  }
}
