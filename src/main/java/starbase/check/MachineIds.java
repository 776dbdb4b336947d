package starbase.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import starbase.config.Finding;
import starbase.kubernetes.ClusterConfig;
import starbase.net.DnsLabel;
import starbase.proxmox.MacAddress;
import starbase.proxmox.MachineConfig;

/** What tells machines apart is each one's own. */
final class MachineIds {
  private MachineIds() {}

  static List<Finding> check(Plan plan) {
    var findings = new ArrayList<Finding>();
    var ids = new HashMap<Integer, DnsLabel>();
    var cards = new HashMap<MacAddress, DnsLabel>();
    var cluster = plan.draft().cluster().map(ClusterConfig::identifier).orElse("");
    // Those that are given come first: what is made of a name gives way.
    plan.machines().entrySet().stream()
        .sorted(Map.Entry.comparingByValue((a, b) -> given(b) - given(a)))
        .forEach(
            machine -> {
              var key = Machines.KEY + "." + machine.getKey();
              var its = machine.getValue();
              var sameId = ids.putIfAbsent(its.vmId(), machine.getKey());
              if (sameId != null) {
                findings.add(
                    twice(key + ".vmId", sameId)
                        .given(its.vmId())
                        .allowed("one that is free, as " + free(plan)));
              }
              var mac = its.mac(cluster, machine.getKey());
              var sameCard = cards.putIfAbsent(mac, machine.getKey());
              if (sameCard != null) {
                findings.add(
                    twice(key + ".mac", sameCard).given(mac).allowed("an address of its own"));
              }
            });
    return findings;
  }

  private static int given(MachineConfig machine) {
    return machine.mac().isPresent() ? 1 : 0;
  }

  private static Finding twice(String key, DnsLabel other) {
    return Finding.error(key, "is that of %s.%s too".formatted(Machines.KEY, other));
  }

  private static int free(Plan plan) {
    Set<Integer> taken =
        plan.machines().values().stream().map(MachineConfig::vmId).collect(Collectors.toSet());
    int first = taken.stream().mapToInt(Integer::intValue).min().orElse(0);
    return IntStream.iterate(first, id -> id + 1)
        .filter(id -> !taken.contains(id))
        .findFirst()
        .orElseThrow();
  }
}
