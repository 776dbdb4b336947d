package starbase.check;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import starbase.config.Finding;
import starbase.kubernetes.ClusterPlan;
import starbase.net.Address;
import starbase.net.DnsLabel;
import starbase.net.NetworkConfig;
import starbase.proxmox.MachineConfig;

/** Machines are on hosts that there are, control planes not all on one of them. */
final class Hosts {
  private static final String KEY = "starbase:network.hosts";

  private Hosts() {}

  static List<Finding> check(Plan plan) {
    var findings = new ArrayList<Finding>();
    if (plan.made().isEmpty() || plan.draft().network().isEmpty() || !plan.intact(KEY)) {
      return findings;
    }
    var hosts = plan.draft().network().flatMap(NetworkConfig::hosts).orElse(Map.of());
    plan.machines()
        .forEach(
            (name, its) -> {
              if (!hosts.containsKey(its.host())) {
                findings.add(
                    Finding.error(Machines.KEY + "." + name + ".host", "is not among " + KEY)
                        .given(its.host())
                        .allowed(its.host().text(), Names.sorted(hosts.keySet())));
              }
            });
    plan.draft().proxmox().ifPresent(its -> findings.addAll(endpoint(its.endpoint(), hosts)));
    plan.made().ifPresent(cluster -> findings.addAll(together(plan, cluster, hosts.keySet())));
    return findings;
  }

  /** A name is not looked up here: the plan is checked without a network. */
  private static List<Finding> endpoint(URI endpoint, Map<DnsLabel, Address> hosts) {
    var host = endpoint.getHost();
    if (!host.matches("[0-9.]+")
        || hosts.values().stream().anyMatch(address -> address.toString().equals(host))) {
      return List.of();
    }
    var known =
        hosts.values().stream()
            .sorted()
            .map(address -> "https://%s:8006".formatted(address))
            .collect(Collectors.joining(", "));
    return List.of(
        Finding.error("starbase:proxmox.endpoint", "is the address of no host in " + KEY)
            .given(endpoint)
            .allowed(known.isEmpty() ? "the address of a host, once there is one" : known));
  }

  private static List<Finding> together(Plan plan, ClusterPlan cluster, Set<DnsLabel> hosts) {
    var used =
        plan.machines().entrySet().stream()
            .filter(machine -> cluster.controlPlanes().containsKey(machine.getKey()))
            .map(Map.Entry::getValue)
            .map(MachineConfig::host)
            .collect(Collectors.toSet());
    // Whoever has one host only has no choice.
    if (cluster.controlPlanes().size() == 1
        || hosts.size() == 1
        || used.size() != 1
        || !hosts.containsAll(used)
        || !plan.intact(Machines.KEY)) {
      return List.of();
    }
    return List.of(
        Finding.warning(
                Machines.KEY,
                "has all control planes on %s: without that host there is no cluster"
                    .formatted(used.iterator().next()))
            .allowed(
                "control planes on more than one of " + String.join(", ", Names.sorted(hosts))));
  }
}
