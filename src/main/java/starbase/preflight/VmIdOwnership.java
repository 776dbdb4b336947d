package starbase.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import starbase.findings.Finding;
import starbase.proxmox.Tags;

/**
 * Tells which machines in Proxmox belong to this stack. The stack's own have the id and the tag
 * that it would give them, and the name too, unless Proxmox does not know the name at present.
 */
final class VmIdOwnership {
  private VmIdOwnership() {}

  /** One finding for each id that somebody else has. */
  static List<Finding> findings(Facts facts, HardwarePlan plan) {
    var findings = new ArrayList<Finding>();
    var taken =
        Stream.concat(
                facts.guests().stream().map(ProxmoxVm::vmId),
                plan.machines().stream().map(PlannedMachine::vmId))
            .collect(Collectors.toSet());
    for (var machine : plan.machines()) {
      facts
          .guest(machine.vmId())
          .filter(guest -> !guest.is(machine, plan.stack()))
          .map(guest -> foreign(guest, machine, plan.stack(), free(machine.vmId(), taken)))
          .ifPresent(findings::add);
    }
    return findings;
  }

  private static Finding foreign(ProxmoxVm guest, PlannedMachine machine, String stack, int free) {
    var lacks =
        guest.belongsTo(stack)
            ? "is called \"%s\" there".formatted(guest.name())
            : "has no tag " + Tags.ofStack(stack);
    return Finding.error(
            machine.key("vmId"),
            "is already used by \"%s\" on %s, which does not belong to this stack: it %s"
                .formatted(guest.name(), guest.host(), lacks))
        .given(guest.vmId())
        .allowed("a free id, such as %d".formatted(free));
  }

  private static int free(int from, Set<Integer> taken) {
    return IntStream.iterate(from, id -> id + 1)
        .filter(id -> !taken.contains(id))
        .findFirst()
        .orElseThrow();
  }
}
