package starbase.cilium;

import com.pulumi.resources.ComponentResourceOptions;
import java.util.Map;
import starbase.kubernetes.Awaited;
import starbase.kubernetes.HelmRelease;
import starbase.layer.Layer;

/**
 * Ready when all workloads of the chart are rolled out, the nodes are Ready, the GatewayClass is
 * accepted and the operator has taken the address pool.
 */
public final class Cilium extends Layer {
  private static final String NAMESPACE = "kube-system";
  private static final String RELEASE = "cilium";

  public Cilium(String name, CiliumArgs args, ComponentResourceOptions options) {
    super("starbase:cilium:Cilium", name, args.waits(), options);
    var config = args.config();
    var release =
        HelmRelease.create(
            objectName(NAMESPACE, RELEASE),
            RELEASE,
            NAMESPACE,
            args.chart(),
            CiliumPlan.values(config, args.nodes(), args.gatewayApiVersion()),
            formerly("release"));
    await(release, Awaited.release(NAMESPACE, RELEASE));
    // Nodes make themselves, and none is Ready without Cilium.
    args.nodes().awaited().forEach(node -> await(this, Awaited.node(node.text())));

    // The operator registers Cilium's own kinds when it starts: what is of such a kind comes after
    // it.
    createObject(CiliumPlan.gatewayClass(), "gateway-class", release);
    createObject(CiliumPlan.pool(config.addresses()), "pool", release);
    createObject(
        CiliumPlan.announcement(config.interfaces(), config.announcingNodes()),
        "announcement",
        release);
    registerOutputs(Map.of());
  }
}
