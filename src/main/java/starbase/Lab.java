package starbase;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.ProviderResource;
import com.pulumi.resources.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import starbase.apps.Apps;
import starbase.certs.Certs;
import starbase.cilium.Cilium;
import starbase.cilium.Nodes;
import starbase.gatewayapi.GatewayApi;
import starbase.gateways.Gateways;
import starbase.kubernetes.Cluster;
import starbase.kubernetes.ClusterConfig;
import starbase.namespaces.Namespaces;
import starbase.policies.Policies;
import starbase.proxmox.Hosts;
import starbase.proxmox.Proxmox;
import starbase.proxmox.ProxmoxConfig;
import starbase.talos.Talos;
import starbase.talos.TalosCluster;

/** Builds every layer, bottom to top. Every ordering rule between layers is on this page. */
final class Lab {
  private Lab() {}

  /**
   * @param stack the stack's name
   * @return the stack's outputs, by name
   */
  static Map<String, Output<?>> build(
      String stack, LabConfig config, Sources sources, Secrets secrets) {
    var talos = config.made().map(cluster -> talos(stack, config, cluster, secrets));
    var cluster = cluster(config, talos);
    var below = talos.stream().toArray(Resource[]::new);

    var namespaces =
        new Namespaces("namespaces", config.namespaces(), on(cluster).dependsOn(below).build());
    var gatewayApi =
        new GatewayApi("gateway-api", sources.gatewayApi(), on(cluster).dependsOn(below).build());

    var cilium =
        new Cilium(
            "cilium",
            config.cilium(),
            sources.cilium(),
            config.gatewayApi().version(),
            new Nodes(config.madeNodes(), List.of(below)),
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

    return Outputs.of(config, talos, certs, gateways, apps);
  }

  private static Talos talos(
      String stack, LabConfig config, TalosCluster cluster, Secrets secrets) {
    var hardware = config.proxmox().map(its -> proxmox(stack, its, cluster, secrets));

    return new Talos(
        "talos",
        config.talosConfig(),
        cluster,
        secrets.talos(),
        ComponentResourceOptions.builder()
            .dependsOn(hardware.stream().toArray(Resource[]::new))
            .build());
  }

  private static Proxmox proxmox(
      String stack, ProxmoxConfig config, TalosCluster cluster, Secrets secrets) {
    var hosts = Hosts.of("hosts", config, secrets.proxmox());
    return new Proxmox(
        "proxmox",
        config.image(),
        stack,
        cluster.plan().talos().orElseThrow(),
        cluster.machines(),
        through(hosts.provider()).build());
  }

  private static Cluster cluster(LabConfig config, Optional<Talos> talos) {
    if (config.cluster() instanceof ClusterConfig.Existing existing) {
      return Cluster.of("cluster", existing);
    }
    var made = talos.orElseThrow();
    return Cluster.of("cluster", config.cluster().identifier(), made.kubeconfig(), made);
  }

  private static ComponentResourceOptions.Builder on(Cluster cluster) {
    return through(cluster.provider());
  }

  private static ComponentResourceOptions.Builder through(ProviderResource provider) {
    return ComponentResourceOptions.builder().providers(provider);
  }
}
