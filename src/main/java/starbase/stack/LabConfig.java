package starbase.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import starbase.apps.AppConfig;
import starbase.apps.RouteBackends;
import starbase.certs.CertsConfig;
import starbase.cilium.CiliumConfig;
import starbase.cilium.CiliumNodes;
import starbase.dns.DnsConfig;
import starbase.dns.LiveAddresses;
import starbase.gatewayapi.GatewayApiConfig;
import starbase.gateways.GatewayConfig;
import starbase.kubernetes.ClusterConfig;
import starbase.kubernetes.ClusterPlan;
import starbase.kubernetes.ObjectName;
import starbase.kubernetes.RouteBackend;
import starbase.kubernetes.Version;
import starbase.machines.Machine;
import starbase.machines.MachineConfig;
import starbase.machines.MachineSettings;
import starbase.namespaces.NamespaceConfig;
import starbase.net.Address;
import starbase.net.DnsLabel;
import starbase.net.Hostname;
import starbase.net.NetworkConfig;
import starbase.policies.PoliciesConfig;
import starbase.proxmox.ImageConfig;
import starbase.proxmox.ProxmoxConfig;
import starbase.routing.Attachment;
import starbase.stack.rules.PartialLabConfig;
import starbase.talos.TalosCluster;
import starbase.talos.TalosConfig;

/**
 * The whole lab: one key a layer.
 *
 * @param network the LAN, its router and its hosts; the check compares all addresses with it
 * @param cluster the cluster that the lab runs on
 * @param machines the nodes of the cluster, by name; with kind: existing, for the check only
 * @param machineDefaults settings for all machines that do not set them
 * @param proxmox the Proxmox hosts of the virtual machines
 * @param talos patches of the machine configs, and deadlines
 * @param namespaces the namespaces, by name
 * @param gatewayApi the Gateway API's CRDs
 * @param cilium the CNI, its address pool and announcements
 * @param certs the issuer and the certificates, by cert-manager
 * @param policies network policies; default: all traffic is allowed
 * @param gateways the Gateways, by name
 * @param apps the applications, by name
 * @param dns the form of the stack's DNS outputs; without it, there are none
 * @param suffix the value of ${suffix} in texts; default: made from the first worker's address
 *     (192-168-1-21.nip.io)
 */
public record LabConfig(
    Optional<NetworkConfig> network,
    ClusterConfig cluster,
    Optional<Map<DnsLabel, MachineConfig>> machines,
    Optional<MachineSettings> machineDefaults,
    Optional<ProxmoxConfig> proxmox,
    Optional<TalosConfig> talos,
    Map<DnsLabel, NamespaceConfig> namespaces,
    GatewayApiConfig gatewayApi,
    CiliumConfig cilium,
    CertsConfig certs,
    Optional<PoliciesConfig> policies,
    Map<DnsLabel, GatewayConfig> gateways,
    Map<DnsLabel, AppConfig> apps,
    Optional<DnsConfig> dns,
    Optional<Hostname> suffix) {
  /** The same as a lab that may still lack parts. */
  PartialLabConfig draft() {
    return new PartialLabConfig(
        network,
        Optional.of(cluster),
        machines,
        machineDefaults,
        proxmox,
        talos,
        Optional.of(namespaces),
        Optional.of(gatewayApi),
        Optional.of(cilium),
        Optional.of(certs),
        policies,
        Optional.of(gateways),
        Optional.of(apps),
        dns,
        suffix);
  }

  /** The listeners that an application attaches to. */
  public List<Attachment> attachments(AppConfig app) {
    return Attachment.of(app, gateways);
  }

  /** All objects that may have addresses of their own. */
  public Set<ObjectName> exposed() {
    var services =
        apps.entrySet().stream()
            .flatMap(
                app ->
                    app.getValue().made(app.getKey()).values().stream()
                        .map(
                            made ->
                                new ObjectName(
                                    "Service",
                                    app.getValue().namespace().text(),
                                    made.service().name().text())));
    var exposed =
        gateways.entrySet().stream()
            .map(
                gateway ->
                    new ObjectName(
                        "Gateway", gateway.getValue().namespace().text(), gateway.getKey().text()));
    return Stream.concat(services, exposed).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The addresses that the stack file asks for. A Gateway that clients reach at the nodes gets the
   * lowest address of a node, which Cilium lists first.
   */
  public LiveAddresses askedAddresses() {
    var node = nodes().values().stream().map(MachineConfig::address).min(Address::compareTo);
    var ofGateways = new LinkedHashMap<DnsLabel, Address>();
    gateways.forEach(
        (name, gateway) ->
            gateway
                .exposed()
                .asked()
                .or(() -> node)
                .ifPresent(address -> ofGateways.put(name, address)));
    var ofServices = new LinkedHashMap<DnsLabel, Address>();
    apps.forEach(
        (name, app) -> app.service().address().ifPresent(address -> ofServices.put(name, address)));
    return new LiveAddresses(ofGateways, ofServices);
  }

  /** The Services that network policies must open to the Gateways. */
  public List<RouteBackend> routed() {
    return RouteBackends.of(apps);
  }

  /** The nodes, by name; none if nothing is said of them. */
  public Map<DnsLabel, MachineConfig> nodes() {
    return machines.orElse(Map.of());
  }

  /** The cluster, if the lab makes it; empty if it is there already. */
  public Optional<TalosCluster> made() {
    return cluster instanceof ClusterConfig.Talos its
        ? Optional.of(new TalosCluster(its.identifier(), its.plan(), machines(its)))
        : Optional.empty();
  }

  private List<Machine> machines(ClusterConfig.Talos its) {
    var talos = its.plan().talos().orElseThrow();
    return nodes().entrySet().stream()
        .map(
            entry ->
                new Machine(
                    entry.getKey(),
                    entry.getValue().or(machineDefaults),
                    its.identifier(),
                    network.orElseThrow(),
                    installer(entry.getValue(), talos)))
        .sorted(Machine.ORDER)
        .toList();
  }

  /** Both platforms get the same extensions. */
  private String installer(MachineConfig machine, Version talos) {
    var image = proxmox.map(ProxmoxConfig::image).orElse(ImageConfig.PLAIN);
    return image.installer(machine.host().isPresent() ? "nocloud" : "metal", talos);
  }

  /** The settings of Talos, with defaults for those that the stack file leaves out. */
  public TalosConfig talosConfig() {
    return talos.orElseGet(
        () -> new TalosConfig(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  /** What Cilium runs on. Only nodes that the lab makes are waited for. */
  public CiliumNodes ciliumNodes() {
    var made = cluster instanceof ClusterConfig.Talos;
    return new CiliumNodes(
        made || cluster.planned().flatMap(ClusterPlan::talos).isPresent(),
        existing().flatMap(ClusterConfig.Existing::apiServer),
        made ? nodes().keySet() : Set.of());
  }

  /** The cluster, if it is there already. */
  public Optional<ClusterConfig.Existing> existing() {
    return cluster instanceof ClusterConfig.Existing its ? Optional.of(its) : Optional.empty();
  }
}
