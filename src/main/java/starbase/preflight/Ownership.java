package starbase.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import starbase.config.Finding;
import starbase.machines.MachineConfig;
import starbase.net.DnsLabel;
import starbase.proxmox.Tags;

/**
 * Whose the machines are that Proxmox has: this stack's own have the id, the name and the tag that
 * it would give them, all three.
 */
final class Ownership {
  private Ownership() {}

  /** One finding for each id that somebody else has. */
  static List<Finding> findings(
      List<Guest> guests, Map<DnsLabel, MachineConfig> machines, String stack) {
    var findings = new ArrayList<Finding>();
    var taken =
        Stream.concat(
                guests.stream().map(Guest::vmId),
                machines.values().stream().flatMap(machine -> machine.vmId().stream()))
            .collect(Collectors.toSet());
    machines.forEach(
        (name, machine) ->
            guests.stream()
                .filter(guest -> machine.vmId().equals(Optional.of(guest.vmId())))
                .filter(guest -> !isOurs(guest, name, stack))
                .map(guest -> foreign(guest, name, stack, free(guest.vmId(), taken)))
                .forEach(findings::add));
    return findings;
  }

  private static boolean isOurs(Guest guest, DnsLabel name, String stack) {
    return guest.name().equals(name.text()) && guest.tags().contains(Tags.ofStack(stack));
  }

  private static Finding foreign(Guest guest, DnsLabel name, String stack, int free) {
    var lacks =
        guest.tags().contains(Tags.ofStack(stack))
            ? "is called \"%s\" there".formatted(guest.name())
            : "has no tag " + Tags.ofStack(stack);
    return Finding.error(
            "starbase:machines.%s.vmId".formatted(name),
            "is the id of \"%s\" on %s, which is not this stack's: it %s"
                .formatted(guest.name(), guest.host(), lacks))
        .given(guest.vmId())
        .allowed("an id that is free, as %d".formatted(free));
  }

  private static int free(int from, Set<Integer> taken) {
    return IntStream.iterate(from, id -> id + 1)
        .filter(id -> !taken.contains(id))
        .findFirst()
        .orElseThrow();
  }
}
