package starbase.cilium;

import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import java.util.Map;
import java.util.stream.Stream;
import starbase.Layer;
import starbase.kubernetes.Chart;
import starbase.kubernetes.CustomObject;
import starbase.kubernetes.HelmRelease;
import starbase.kubernetes.Manifest;
import starbase.kubernetes.NodeReady;
import starbase.kubernetes.Rollout;

/**
 * Ready when the agents and the operator are rolled out, the nodes are Ready, the GatewayClass is
 * accepted and the operator has taken the address pool.
 */
public final class Cilium extends Layer {
  private static final String NAMESPACE = "kube-system";
  private static final String AGENT = "cilium";
  private static final String OPERATOR = "cilium-operator";

  /**
   * @param chart the chart, where the Kubernetes provider can load it
   * @param gatewayApiVersion the version of the Gateway API's bundle that is in the cluster
   * @param nodes those that are waited for
   */
  public Cilium(
      String name,
      CiliumConfig config,
      Chart chart,
      String gatewayApiVersion,
      Nodes nodes,
      ComponentResourceOptions options) {
    super("starbase:cilium:Cilium", name, options);
    var release =
        HelmRelease.of(
            objectName(NAMESPACE, AGENT),
            AGENT,
            NAMESPACE,
            chart,
            CiliumPlan.values(config, gatewayApiVersion),
            formerly("release"));
    var agents =
        Rollout.ofDaemonSet(
            objectName(NAMESPACE, AGENT),
            NAMESPACE,
            AGENT,
            release,
            formerly("agents", release.resource()));
    var before = Stream.concat(Stream.of(agents), nodes.makers().stream()).toArray(Resource[]::new);
    for (var node : nodes.names()) {
      NodeReady.of(objectName(node.text()), node.text(), formerly("node-" + node, before));
    }
    // The operator registers Cilium's own kinds when it starts: what is of such a kind comes after
    // it.
    var operator =
        Rollout.ofDeployment(
            objectName(NAMESPACE, OPERATOR),
            NAMESPACE,
            OPERATOR,
            release,
            formerly("operator", release.resource()));

    object(CiliumPlan.gatewayClass(), "gateway-class", operator);
    object(CiliumPlan.pool(config.addresses()), "pool", operator);
    object(CiliumPlan.announcement(config.interfaces()), "announcement", operator);
    registerOutputs(Map.of());
  }

  private void object(Manifest object, String formerName, Resource before) {
    new CustomObject(objectName(object), object, formerly(formerName, before));
  }
}
