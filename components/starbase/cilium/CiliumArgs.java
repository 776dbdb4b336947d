package starbase.cilium;

import starbase.kubernetes.Chart;
import starbase.kubernetes.Waits;

/**
 * The inputs of {@link Cilium}.
 *
 * @param config addresses, interfaces and chart values
 * @param chart the chart, where the Kubernetes provider can load it
 * @param gatewayApiVersion the version of the Gateway API's bundle that is in the cluster
 * @param nodes the nodes that it runs on
 * @param waits waits for the objects in the cluster
 */
public record CiliumArgs(
    CiliumConfig config, Chart chart, String gatewayApiVersion, CiliumNodes nodes, Waits waits) {}
