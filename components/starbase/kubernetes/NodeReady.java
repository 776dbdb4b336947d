package starbase.kubernetes;

import com.pulumi.kubernetes.core.v1.NodePatch;
import com.pulumi.kubernetes.core.v1.NodePatchArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaPatchArgs;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;

/**
 * Waits until a node is Ready. Nodes make themselves, so nothing of them is changed but the
 * annotation that makes the provider wait.
 */
public final class NodeReady {
  private NodeReady() {}

  /** Waits for the node of that name. */
  public static Resource of(String resourceName, String node, CustomResourceOptions options) {
    return new NodePatch(
        resourceName,
        NodePatchArgs.builder()
            .metadata(
                ObjectMetaPatchArgs.builder()
                    .name(node)
                    .annotations(WaitFor.annotation(WaitFor.itself(), WaitFor.condition("Ready")))
                    .build())
            .build(),
        options);
  }
}
