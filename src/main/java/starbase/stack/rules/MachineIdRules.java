package starbase.stack.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import starbase.findings.Finding;
import starbase.kubernetes.ClusterConfig;
import starbase.machines.InterfaceConfig;
import starbase.machines.MacAddress;
import starbase.machines.MachineConfig;
import starbase.net.Address;
import starbase.net.DnsLabel;

/** What tells machines apart is each one's own. */
final class MachineIdRules {
  private MachineIdRules() {}

  static List<Finding> check(LabView plan) {
    var findings = new ArrayList<Finding>();
    var ids = new HashMap<Integer, DnsLabel>();
    var cards = new HashMap<MacAddress, DnsLabel>();
    var cluster = plan.draft().cluster().map(ClusterConfig::identifier).orElse("");
    // Those that are given come first: what is made of a name gives way.
    plan.machines().entrySet().stream()
        .sorted(Map.Entry.comparingByValue((a, b) -> given(b) - given(a)))
        .forEach(
            machine -> {
              var key = MachineRules.KEY + "." + machine.getKey();
              var its = machine.getValue();
              its.vmId()
                  .ifPresent(
                      id -> {
                        var same = ids.putIfAbsent(id, machine.getKey());
                        if (same != null) {
                          findings.add(
                              twice(key, same, ".vmId")
                                  .given(id)
                                  .allowed("a free one, such as " + free(plan)));
                        }
                      });
              mac(cluster, machine.getKey(), its)
                  .ifPresent(
                      mac -> {
                        var same = cards.putIfAbsent(mac, machine.getKey());
                        if (same != null) {
                          findings.add(
                              twice(key, same, ".mac").given(mac).allowed("an address of its own"));
                        }
                      });
              for (int i = 0; i < cards(its).size(); i++) {
                int index = i;
                cards(its)
                    .get(i)
                    .mac()
                    .ifPresent(
                        mac -> {
                          var same = cards.putIfAbsent(mac, machine.getKey());
                          if (same != null) {
                            findings.add(
                                twice("%s.extraInterfaces[%d]".formatted(key, index), same, ".mac")
                                    .given(mac)
                                    .allowed("an address of its own"));
                          }
                        });
              }
            });
    findings.addAll(furtherAddresses(plan));
    return findings;
  }

  /** Those of further network cards, which may be of other networks than the LAN. */
  private static List<Finding> furtherAddresses(LabView plan) {
    var findings = new ArrayList<Finding>();
    var owners = new HashMap<Address, String>();
    AddressUse.all(plan).forEach(use -> owners.putIfAbsent(use.address(), use.key()));
    plan.machines()
        .forEach(
            (name, its) -> {
              for (int i = 0; i < cards(its).size(); i++) {
                var key = "%s.%s.extraInterfaces[%d].address".formatted(MachineRules.KEY, name, i);
                cards(its)
                    .get(i)
                    .address()
                    .ifPresent(
                        given -> {
                          var other = owners.putIfAbsent(given.address(), key);
                          if (other != null) {
                            findings.add(
                                Finding.error(key, "is already used by %s".formatted(other))
                                    .given(given)
                                    .allowed("an address of its own"));
                          }
                        });
              }
            });
    return findings;
  }

  private static List<InterfaceConfig> cards(MachineConfig machine) {
    return machine.settings().extraInterfaces().orElse(List.of());
  }

  private static int given(MachineConfig machine) {
    return machine.mac().isPresent() ? 1 : 0;
  }

  private static Optional<MacAddress> mac(String cluster, DnsLabel name, MachineConfig its) {
    return its.mac().or(() -> its.host().map(host -> MacAddress.of(cluster, name)));
  }

  private static Finding twice(String key, DnsLabel other, String field) {
    return Finding.error(
        key + field, "is already used by %s.%s".formatted(MachineRules.KEY, other));
  }

  private static int free(LabView plan) {
    Set<Integer> taken =
        plan.machines().values().stream()
            .flatMap(its -> its.vmId().stream())
            .collect(Collectors.toSet());
    int first = taken.stream().mapToInt(Integer::intValue).min().orElse(0);
    return IntStream.iterate(first, id -> id + 1)
        .filter(id -> !taken.contains(id))
        .findFirst()
        .orElseThrow();
  }
}
