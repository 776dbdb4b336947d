package starbase.cilium;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClassBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import starbase.kubernetes.ChartValues;
import starbase.kubernetes.CiliumNames;
import starbase.kubernetes.Manifest;
import starbase.kubernetes.Planned;
import starbase.kubernetes.Values;
import starbase.kubernetes.WaitFor;
import starbase.net.AddressBlock;
import starbase.net.Expression;

/** What the layer creates, computed from its configuration. */
public final class CiliumPlan {
  /** The label of a node whose machine is about to leave; the steps of machines set it. */
  public static final String LEAVING = "starbase/leaving";

  private static final String KEY = "starbase:cilium";

  private CiliumPlan() {}

  /** The objects beside the chart's. */
  public static List<Planned> objects(CiliumConfig config) {
    return List.of(
        new Planned(KEY, gatewayClass(), Map.of()),
        new Planned(
            KEY,
            pool(config.addresses()),
            Map.of("spec.blocks", "addresses", "spec.blocks[]", "addresses[]")),
        new Planned(
            KEY,
            announcement(config.interfaces(), config.announcingNodes()),
            Map.of(
                "spec.interfaces", "interfaces",
                "spec.interfaces[]", "interfaces[]",
                "spec.nodeSelector.matchLabels", "announcingNodes.matchLabels",
                "spec.nodeSelector.matchExpressions", "announcingNodes.matchExpressions",
                "spec.nodeSelector.matchExpressions[]", "announcingNodes.matchExpressions[]")));
  }

  /**
   * The chart's values. The bundle's version stands in an annotation of the operator's pods: the
   * operator looks for the Gateway API once, when it starts, so a new bundle has to restart it.
   */
  static Map<String, Object> values(
      CiliumConfig config, CiliumNodes nodes, String gatewayApiVersion) {
    var fitting = Values.merge(ChartValues.beside(Cilium.class), values(nodes));
    var encrypted =
        Values.merge(fitting, config.encryption().map(EncryptionConfig::values).orElse(Map.of()));
    var ours = Values.merge(encrypted, config.values().orElse(Map.of()));
    return Values.merge(
        ours,
        Map.of(
            "operator",
            Map.of("podAnnotations", Map.of("starbase/gateway-api", gatewayApiVersion))));
  }

  /**
   * The values that depend on the nodes, with the API server's address among them: agents can't use
   * its Service, because Services only work once the agents run.
   */
  private static Map<String, Object> values(CiliumNodes nodes) {
    var system =
        nodes.talos()
            ? ChartValues.beside(Cilium.class, "values-talos.yaml")
            : Map.<String, Object>of();
    return Values.merge(
        system,
        nodes
            .apiServer()
            .map(
                its ->
                    Map.<String, Object>of(
                        "k8sServiceHost", its.host(),
                        "k8sServicePort", Integer.toString(its.port())))
            .orElse(Map.of()));
  }

  static Manifest gatewayClass() {
    var gatewayClass =
        new GatewayClassBuilder()
            .withNewMetadata()
            .withName("cilium")
            .endMetadata()
            .withNewSpec()
            .withControllerName(CiliumNames.GATEWAY_CONTROLLER)
            .endSpec()
            .build();
    return Manifest.of(gatewayClass).readyWhen(WaitFor.condition("Accepted"));
  }

  /**
   * The pool. Its conflict condition is written only on a conflict; what the operator always writes
   * when it has taken a pool is the count of its addresses, a condition with status Unknown.
   */
  static Manifest pool(List<AddressBlock> addresses) {
    return cilium(
            "cilium.io/v2",
            "CiliumLoadBalancerIPPool",
            Map.of("blocks", addresses.stream().map(CiliumPlan::block).toList()))
        .readyWhen(WaitFor.condition("cilium.io/IPsTotal", "Unknown"));
  }

  /**
   * The selected nodes announce, except those that are about to leave. The steps that remove a
   * machine label its node first, so that other nodes take over before the machine stops.
   */
  static Manifest announcement(List<Expression> interfaces, Optional<NodeSelectorConfig> nodes) {
    Map<String, Object> stays = Map.of("key", LEAVING, "operator", "DoesNotExist");
    var selector = new LinkedHashMap<String, Object>();
    nodes
        .flatMap(NodeSelectorConfig::matchLabels)
        .ifPresent(its -> selector.put("matchLabels", its));
    selector.put("matchExpressions", nodes.map(its -> its.and(stays)).orElse(List.of(stays)));
    return cilium(
        "cilium.io/v2alpha1",
        "CiliumL2AnnouncementPolicy",
        Map.of(
            "interfaces",
            interfaces.stream().map(Expression::text).toList(),
            "loadBalancerIPs",
            true,
            "externalIPs",
            false,
            "nodeSelector",
            selector));
  }

  private static Map<String, Object> block(AddressBlock block) {
    return Map.of("start", block.first().toString(), "stop", block.last().toString());
  }

  private static Manifest cilium(String apiVersion, String kind, Map<String, Object> spec) {
    return new Manifest(
        Map.of(
            "apiVersion", apiVersion,
            "kind", kind,
            "metadata", Map.of("name", "starbase"),
            "spec", spec));
  }
}
