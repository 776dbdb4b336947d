package starbase.stack.rules;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import starbase.findings.Finding;
import starbase.machines.MachineConfig;
import starbase.machines.Role;
import starbase.net.Address;
import starbase.net.HostName;
import starbase.net.NetworkConfig;

/** Machines are on hosts that there are, control planes not all on one of them. */
final class HostRules {
  private static final String KEY = "starbase:network.hosts";

  private HostRules() {}

  static List<Finding> check(LabView plan) {
    var findings = new ArrayList<Finding>();
    if (plan.made().isEmpty() || plan.draft().network().isEmpty() || !plan.intact(KEY)) {
      return findings;
    }
    var hosts = plan.draft().network().flatMap(NetworkConfig::hosts).orElse(Map.of());
    plan.machines()
        .forEach(
            (name, its) ->
                its.host()
                    .filter(host -> !hosts.containsKey(host))
                    .map(
                        host ->
                            Finding.error(
                                    MachineRules.KEY + "." + name + ".host",
                                    "is not defined in " + KEY)
                                .given(host)
                                .allowed(host.text(), Names.sorted(hosts.keySet())))
                    .ifPresent(findings::add));
    plan.draft().proxmox().ifPresent(its -> findings.addAll(endpoint(its.endpoint(), hosts)));
    findings.addAll(together(plan, hosts.keySet()));
    return findings;
  }

  /** A name is not looked up here: the plan is checked without a network. */
  private static List<Finding> endpoint(URI endpoint, Map<HostName, Address> hosts) {
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
        Finding.error("starbase:proxmox.endpoint", "is not the address of a host in " + KEY)
            .given(endpoint)
            .allowed(known.isEmpty() ? "the address of a host that is listed there" : known));
  }

  private static List<Finding> together(LabView plan, Set<HostName> hosts) {
    var used =
        plan.machines(Role.CONTROL_PLANE).values().stream()
            .map(MachineConfig::host)
            .flatMap(Optional::stream)
            .toList();
    // Whoever has one host only has no choice.
    if (used.size() < 2
        || hosts.size() == 1
        || !hosts.containsAll(used)
        || !plan.intact(MachineRules.KEY)) {
      return List.of();
    }
    var most =
        used.stream()
            .max(Comparator.comparing(host -> Collections.frequency(used, host)))
            .orElseThrow();
    int there = Collections.frequency(used, most);
    int all = plan.machines(Role.CONTROL_PLANE).size();
    if (there == all) {
      return List.of(
          Finding.warning(
                  MachineRules.KEY,
                  "has all control planes on %s: when that host is down, the cluster is down"
                      .formatted(most))
              .allowed(
                  "control planes on more than one of " + String.join(", ", Names.sorted(hosts))));
    }
    return 2 * there <= all
        ? List.of()
        : List.of(
            Finding.warning(
                    MachineRules.KEY,
                    "has %d of %d control planes on %s: while that host is down, etcd has no majority and the Kubernetes API does not answer; pods keep running, but lost ones are not replaced"
                        .formatted(there, all, most))
                .allowed("control planes on at least three hosts, without a majority on one"));
  }
}
