package starbase.cilium;

import com.pulumi.resources.ComponentResourceOptions;
import java.util.Map;
import starbase.kubernetes.Awaited;
import starbase.kubernetes.Chart;
import starbase.kubernetes.HelmRelease;
import starbase.kubernetes.Waits;
import starbase.layer.Layer;

/**
 * Ready when all workloads of the chart are rolled out, the nodes are Ready, the GatewayClass is
 * accepted and the operator has taken the address pool.
 */
public final class Cilium extends Layer {
  private static final String NAMESPACE = "kube-system";
  private static final String RELEASE = "cilium";

  /**
   * @param chart the chart, where the Kubernetes provider can load it
   * @param gatewayApiVersion the version of the Gateway API's bundle that is in the cluster
   * @param nodes what it runs on
   */
  public Cilium(
      String name,
      CiliumConfig config,
      Chart chart,
      String gatewayApiVersion,
      CiliumNodes nodes,
      Waits waits,
      ComponentResourceOptions options) {
    super("starbase:cilium:Cilium", name, waits, options);
    var release =
        HelmRelease.of(
            objectName(NAMESPACE, RELEASE),
            RELEASE,
            NAMESPACE,
            chart,
            CiliumPlan.values(config, nodes, gatewayApiVersion),
            formerly("release"));
    await(release, Awaited.release(NAMESPACE, RELEASE));
    // Nodes make themselves, and none is Ready without Cilium.
    nodes.awaited().forEach(node -> await(this, Awaited.node(node.text())));

    // The operator registers Cilium's own kinds when it starts: what is of such a kind comes after
    // it.
    object(CiliumPlan.gatewayClass(), "gateway-class", release);
    object(CiliumPlan.pool(config.addresses()), "pool", release);
    object(
        CiliumPlan.announcement(config.interfaces(), config.announcingNodes()),
        "announcement",
        release);
    registerOutputs(Map.of());
  }
}
