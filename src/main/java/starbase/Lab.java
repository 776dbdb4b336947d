package starbase;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.ProviderResource;
import com.pulumi.resources.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import starbase.apps.Apps;
import starbase.apps.AppsArgs;
import starbase.certs.Certs;
import starbase.certs.CertsArgs;
import starbase.cilium.Cilium;
import starbase.cilium.CiliumArgs;
import starbase.gatewayapi.GatewayApi;
import starbase.gatewayapi.GatewayApiArgs;
import starbase.gateways.Gateways;
import starbase.gateways.GatewaysArgs;
import starbase.kubernetes.Access;
import starbase.kubernetes.Cluster;
import starbase.kubernetes.ClusterConfig;
import starbase.kubernetes.Waits;
import starbase.layer.Layer;
import starbase.namespaces.Namespaces;
import starbase.namespaces.NamespacesArgs;
import starbase.policies.Policies;
import starbase.policies.PoliciesArgs;
import starbase.proxmox.HostReport;
import starbase.proxmox.Hosts;
import starbase.proxmox.Proxmox;
import starbase.proxmox.ProxmoxArgs;
import starbase.proxmox.ProxmoxConfig;
import starbase.routing.Attachment;
import starbase.sources.Sources;
import starbase.stack.LabConfig;
import starbase.talos.Talos;
import starbase.talos.TalosArgs;
import starbase.talos.TalosCluster;

/** Builds every layer, bottom to top. Every ordering rule between layers is on this page. */
final class Lab {
  private Lab() {}

  /**
   * @param stack the stack's name
   * @param hosts what the Proxmox hosts said before
   * @param waitsOn makes what waits for objects of a cluster
   * @return the stack's outputs, by name
   */
  static Map<String, Output<?>> build(
      String stack,
      LabConfig config,
      HostReport hosts,
      Sources sources,
      Secrets secrets,
      Function<Output<Access>, Waits> waitsOn) {
    var talos = config.made().map(cluster -> talos(stack, config, cluster, hosts, secrets));
    var cluster = cluster(config, talos);
    var waits = waitsOn.apply(access(config, talos));
    var below = talos.stream().toArray(Layer[]::new);

    var namespaces =
        new Namespaces(
            "namespaces",
            new NamespacesArgs(config.namespaces(), waits),
            on(cluster).dependsOn(ready(below)).build());
    var gatewayApi =
        new GatewayApi(
            "gateway-api",
            new GatewayApiArgs(sources.gatewayApi(), waits),
            on(cluster).dependsOn(ready(below)).build());

    var cilium =
        new Cilium(
            "cilium",
            new CiliumArgs(
                config.cilium(),
                sources.cilium(),
                config.gatewayApi().version().text(),
                config.ciliumNodes(),
                waits),
            on(cluster).dependsOn(ready(gatewayApi)).build());

    var certs =
        new Certs(
            "certs",
            new CertsArgs(config.certs(), sources.certManager(), waits),
            on(cluster).dependsOn(ready(cilium, namespaces)).build());

    var policies =
        new Policies(
            "policies",
            new PoliciesArgs(config.policies(), config.routed(), waits),
            on(cluster).dependsOn(ready(cilium, namespaces)).build());

    var gateways =
        new Gateways(
            "gateways",
            new GatewaysArgs(config.gateways(), waits),
            on(cluster).dependsOn(ready(cilium, certs)).build());

    var apps =
        new Apps(
            "apps",
            new AppsArgs(
                config.apps(),
                Attachment.parents(config.apps(), config.gateways()),
                ready(gateways),
                waits),
            on(cluster).dependsOn(ready(cilium, policies, namespaces)).build());

    return Outputs.of(config, talos, certs, gateways, apps);
  }

  private static Talos talos(
      String stack, LabConfig config, TalosCluster cluster, HostReport report, Secrets secrets) {
    var hardware = config.proxmox().map(its -> proxmox(stack, its, cluster, report, secrets));

    return new Talos(
        "talos",
        new TalosArgs(
            config.talosConfig(),
            cluster,
            secrets.talos(),
            hardware.map(Proxmox::machines).orElse(Map.of()),
            report.absent()),
        ComponentResourceOptions.builder()
            .dependsOn(hardware.stream().toArray(Resource[]::new))
            .build());
  }

  private static Proxmox proxmox(
      String stack,
      ProxmoxConfig config,
      TalosCluster cluster,
      HostReport report,
      Secrets secrets) {
    var hosts = Hosts.create("hosts", config, secrets.proxmox());
    return new Proxmox(
        "proxmox",
        new ProxmoxArgs(
            config.image(),
            stack,
            cluster.plan().talos().orElseThrow(),
            cluster.machines(),
            report),
        through(hosts.provider()).dependsOn(Talos.createFirstStep("steps")).build());
  }

  private static Cluster cluster(LabConfig config, Optional<Talos> talos) {
    if (config.cluster() instanceof ClusterConfig.Existing existing) {
      return Cluster.create("cluster", existing);
    }
    var made = talos.orElseThrow();
    return Cluster.create("cluster", config.cluster().identifier(), made.kubeconfig(), made);
  }

  private static Output<Access> access(LabConfig config, Optional<Talos> talos) {
    if (config.cluster() instanceof ClusterConfig.Existing existing) {
      return Output.of(existing.access());
    }
    return talos.orElseThrow().kubeconfig().applyValue(Access.Kubeconfig::new);
  }

  /** The layers, once each is ready. */
  private static Output<List<Resource>> ready(Layer... layers) {
    return Output.all(Stream.of(layers).map(Layer::ready).toList())
        .applyValue(each -> each.stream().flatMap(List::stream).toList());
  }

  private static ComponentResourceOptions.Builder on(Cluster cluster) {
    return through(cluster.provider());
  }

  private static ComponentResourceOptions.Builder through(ProviderResource provider) {
    return ComponentResourceOptions.builder().providers(provider);
  }
}
