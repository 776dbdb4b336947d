package starbase.kubernetes;

import com.pulumi.kubernetes.apps.v1.DaemonSetPatch;
import com.pulumi.kubernetes.apps.v1.DaemonSetPatchArgs;
import com.pulumi.kubernetes.apps.v1.DeploymentPatch;
import com.pulumi.kubernetes.apps.v1.DeploymentPatchArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaPatchArgs;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import java.util.Map;

/**
 * Waits until a workload of a Helm release is rolled out on every node or replica.
 *
 * <p>Helm's own wait is content with less: it lets {@code maxUnavailable} pods be missing, which
 * for a chart with maxUnavailable 2 or 100 % is all of them. A patch resource gets the provider's
 * strict await, so these set one annotation and nothing else. The annotation holds the release's
 * revision: every upgrade is waited for, not only the first install.
 */
public final class Rollout {
  private static final String ANNOTATION = "starbase/awaited-revision";

  private Rollout() {}

  /** Waits for a DaemonSet of the release. */
  public static Resource ofDaemonSet(
      String resourceName,
      String namespace,
      String name,
      HelmRelease release,
      CustomResourceOptions options) {
    return new DaemonSetPatch(
        resourceName,
        DaemonSetPatchArgs.builder().metadata(annotated(namespace, name, release)).build(),
        options);
  }

  /** Waits for a Deployment of the release. */
  public static Resource ofDeployment(
      String resourceName,
      String namespace,
      String name,
      HelmRelease release,
      CustomResourceOptions options) {
    return new DeploymentPatch(
        resourceName,
        DeploymentPatchArgs.builder().metadata(annotated(namespace, name, release)).build(),
        options);
  }

  private static ObjectMetaPatchArgs annotated(String namespace, String name, HelmRelease release) {
    return ObjectMetaPatchArgs.builder()
        .namespace(namespace)
        .name(name)
        .annotations(release.revision().applyValue(revision -> Map.of(ANNOTATION, revision)))
        .build();
  }
}
