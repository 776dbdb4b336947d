package starbase.talos;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import starbase.kubernetes.ClusterPlan;
import starbase.net.Address;
import starbase.net.DnsLabel;

/** A machine of the plan. */
record Machine(DnsLabel name, Address address, Role role) {
  /**
   * Control planes, then workers, each by address: the engine hands maps over in another order than
   * the stack file has.
   */
  static List<Machine> of(ClusterPlan plan) {
    return Stream.concat(
            of(plan.controlPlanes(), Role.CONTROL_PLANE),
            of(plan.workers().orElse(Map.of()), Role.WORKER))
        .toList();
  }

  private static Stream<Machine> of(Map<DnsLabel, Address> addresses, Role role) {
    return addresses.entrySet().stream()
        .map(entry -> new Machine(entry.getKey(), entry.getValue(), role))
        .sorted(Comparator.comparing(Machine::address));
  }
}
