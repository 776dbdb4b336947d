package starbase.cilium;

import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import java.util.Map;
import java.util.stream.Stream;
import starbase.Layer;
import starbase.kubernetes.Chart;
import starbase.kubernetes.CustomObject;
import starbase.kubernetes.HelmRelease;
import starbase.kubernetes.NodeReady;
import starbase.kubernetes.Rollout;

/**
 * Ready when the agents and the operator are rolled out, the nodes are Ready, the GatewayClass is
 * accepted and the operator has taken the address pool.
 */
public final class Cilium extends Layer {
  private static final String NAMESPACE = "kube-system";

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
            named("release"),
            "cilium",
            NAMESPACE,
            chart,
            CiliumPlan.values(config, gatewayApiVersion),
            after());
    var agents =
        Rollout.ofDaemonSet(
            named("agents"), NAMESPACE, "cilium", release, after(release.resource()));
    var before = Stream.concat(Stream.of(agents), nodes.makers().stream()).toArray(Resource[]::new);
    for (var node : nodes.names()) {
      NodeReady.of(named("node-" + node), node.text(), after(before));
    }
    // The operator registers Cilium's own kinds when it starts: what is of such a kind comes after
    // it.
    var operator =
        Rollout.ofDeployment(
            named("operator"), NAMESPACE, "cilium-operator", release, after(release.resource()));

    new CustomObject(named("gateway-class"), CiliumPlan.gatewayClass(), after(operator));
    new CustomObject(named("pool"), CiliumPlan.pool(config.addresses()), after(operator));
    new CustomObject(
        named("announcement"), CiliumPlan.announcement(config.interfaces()), after(operator));
    registerOutputs(Map.of());
  }
}
