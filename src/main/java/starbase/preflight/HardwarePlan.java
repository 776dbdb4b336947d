package starbase.preflight;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import starbase.kubernetes.Version;
import starbase.net.Address;
import starbase.net.NetworkConfig;
import starbase.proxmox.ProxmoxConfig;
import starbase.stack.LabConfig;
import starbase.talos.TalosCluster;

/**
 * What the plan needs from the Proxmox hosts, the LAN and the person's own desk.
 *
 * @param stack the stack's name
 * @param endpoint the API of Proxmox
 * @param insecure whether any certificate is trusted
 * @param imageDatastore the storage that takes the image of Talos
 * @param talos the version that machines shall run
 * @param machines all of them, control planes first
 * @param hosts the addresses of Proxmox hosts, by name, as far as the stack file has them
 * @param announced the addresses that the cluster will announce, by the key that says each
 */
public record HardwarePlan(
    String stack,
    URI endpoint,
    boolean insecure,
    String imageDatastore,
    Version talos,
    List<PlannedMachine> machines,
    Map<String, Address> hosts,
    Map<String, Address> announced) {
  /** That of a lab, if its machines are made on Proxmox. */
  public static Optional<HardwarePlan> of(String stack, LabConfig lab) {
    return lab.proxmox()
        .flatMap(proxmox -> lab.made().map(cluster -> of(stack, lab, proxmox, cluster)));
  }

  private static HardwarePlan of(
      String stack, LabConfig lab, ProxmoxConfig proxmox, TalosCluster cluster) {
    var machines =
        cluster.machines().stream()
            .filter(machine -> machine.host().isPresent())
            .map(machine -> PlannedMachine.of(machine, lab.nodes().get(machine.name())))
            .toList();
    return new HardwarePlan(
        stack,
        proxmox.endpoint(),
        proxmox.insecure().orElse(false),
        proxmox.image().datastore(),
        cluster.plan().talos().orElseThrow(),
        machines,
        hosts(lab, machines),
        announced(lab, cluster));
  }

  private static Map<String, Address> hosts(LabConfig lab, List<PlannedMachine> machines) {
    var used = machines.stream().map(PlannedMachine::host).collect(Collectors.toSet());
    var hosts = new LinkedHashMap<String, Address>();
    lab.network()
        .flatMap(NetworkConfig::hosts)
        .orElse(Map.of())
        .forEach(
            (name, address) -> {
              if (used.contains(name.text())) {
                hosts.put(name.text(), address);
              }
            });
    return Collections.unmodifiableMap(hosts);
  }

  private static Map<String, Address> announced(LabConfig lab, TalosCluster cluster) {
    var addresses = new LinkedHashMap<String, Address>();
    cluster.plan().vip().ifPresent(vip -> addresses.put("starbase:cluster.plan.vip", vip));
    lab.gateways()
        .forEach(
            (name, gateway) ->
                gateway
                    .address()
                    .ifPresent(
                        address ->
                            addresses.put(
                                "starbase:gateways.%s.address".formatted(name), address)));
    return Collections.unmodifiableMap(addresses);
  }

  /** The machines by something that several of them share, in the order of the plan. */
  <T> Map<T, List<PlannedMachine>> by(Function<PlannedMachine, T> shared) {
    return machines.stream()
        .collect(Collectors.groupingBy(shared, LinkedHashMap::new, Collectors.toList()));
  }

  /** The names of the hosts that have a machine, in the order of the plan. */
  List<String> hostNames() {
    return machines.stream().map(PlannedMachine::host).distinct().toList();
  }
}
