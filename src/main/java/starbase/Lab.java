package starbase;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import java.util.Map;
import starbase.apps.Apps;
import starbase.certs.Certs;
import starbase.cilium.Cilium;
import starbase.gatewayapi.GatewayApi;
import starbase.gateways.Gateways;
import starbase.kubernetes.Cluster;
import starbase.kubernetes.ClusterConfig;
import starbase.namespaces.Namespaces;
import starbase.policies.Policies;

/** Builds every layer, bottom to top. Every ordering rule between layers is on this page. */
final class Lab {
  private Lab() {}

  static Map<String, Output<?>> build(LabConfig config, Sources sources) {
    var cluster = Cluster.of("cluster", (ClusterConfig.Existing) config.cluster());

    var namespaces = new Namespaces("namespaces", config.namespaces(), on(cluster).build());
    var gatewayApi = new GatewayApi("gateway-api", sources.gatewayApi(), on(cluster).build());

    var cilium =
        new Cilium(
            "cilium",
            config.cilium(),
            sources.cilium(),
            config.gatewayApi().version(),
            on(cluster).dependsOn(gatewayApi).build());

    var certs =
        new Certs(
            "certs",
            config.certs(),
            sources.certManager(),
            on(cluster).dependsOn(cilium, namespaces).build());

    var policies =
        new Policies(
            "policies",
            config.policies(),
            config.routed(),
            on(cluster).dependsOn(cilium, namespaces).build());

    var gateways =
        new Gateways("gateways", config.gateways(), on(cluster).dependsOn(cilium, certs).build());

    var apps =
        new Apps(
            "apps",
            config.apps(),
            config.gatewayNamespaces(),
            on(cluster).dependsOn(gateways, policies, namespaces).build());

    return Outputs.of(config, certs, gateways, apps);
  }

  private static ComponentResourceOptions.Builder on(Cluster cluster) {
    return ComponentResourceOptions.builder().providers(cluster.provider());
  }
}
