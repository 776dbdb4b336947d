package starbase.preflight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import starbase.findings.Finding;
import starbase.net.Address;

/** Bridges of the hosts, and planned addresses that are already in use. */
final class NetworkChecks {
  private NetworkChecks() {}

  static List<Finding> bridges(Facts facts, HardwarePlan plan) {
    var findings = new LinkedHashMap<String, Finding>();
    for (var machine : plan.machines()) {
      facts
          .answering(machine.host())
          .ifPresent(
              host ->
                  machine.cards().stream()
                      .filter(card -> facts.granted().seesBridge(card.bridge()))
                      .forEach(card -> bridge(machine, card, host.bridges(), findings)));
    }
    return List.copyOf(findings.values());
  }

  private static void bridge(
      PlannedMachine machine,
      PlannedMachine.Card card,
      Map<String, Facts.Bridge> all,
      Map<String, Finding> findings) {
    var bridge = all.get(card.bridge());
    if (bridge == null) {
      findings.putIfAbsent(
          machine.host() + card.bridge(),
          Finding.error(machine.key(card.bridgeField()), "is not a bridge of " + machine.host())
              .given(card.bridge())
              .allowed(card.bridge(), all.keySet()));
    } else if (card.vlan().isPresent() && !bridge.anyVlan()) {
      findings.putIfAbsent(
          machine.host() + card.bridge() + card.vlan(),
          Finding.warning(
                  machine.key(card.vlanField()),
                  "is a VLAN on %s of %s, which is not VLAN aware: Proxmox creates another bridge for it, on the first port of this one"
                      .formatted(card.bridge(), machine.host()))
              .given(card.vlan().get())
              .remedy(
                  "on the host: pvesh set /nodes/%1$s/network/%2$s --type bridge --bridge_vlan_aware 1 && pvesh set /nodes/%1$s/network"
                      .formatted(machine.host(), card.bridge())));
    }
  }

  /** One finding for each address of the plan that answers before its machine is there. */
  static List<Finding> taken(Facts facts, HardwarePlan plan, Prober prober) {
    var free = stillFree(facts, plan);
    if (free.isEmpty()) {
      return List.of();
    }
    var seen = prober.look(free.keySet());
    var findings = new ArrayList<Finding>();
    free.forEach(
        (address, key) -> {
          var presence = seen.get(address);
          if (presence != null) {
            findings.add(taken(key, address, presence));
          }
        });
    return findings;
  }

  /**
   * Maps each address that must be free to its key in the stack file: those of machines to be
   * created and, if no machine exists yet, those that the cluster will announce. None if a machine
   * of the stack leaves: the address may be that machine's until then, as when its VM id changes,
   * and Proxmox does not know addresses.
   */
  private static Map<Address, String> stillFree(Facts facts, HardwarePlan plan) {
    var free = new LinkedHashMap<Address, String>();
    if (facts.hasLeaving(plan)) {
      return free;
    }
    var missing = plan.machines().stream().filter(facts::isMissing).toList();
    missing.forEach(machine -> free.put(machine.address(), machine.key("address")));
    if (missing.size() == plan.machines().size()) {
      plan.announced().forEach((key, address) -> free.put(address, key));
    }
    return free;
  }

  private static Finding taken(String key, Address address, Prober.Presence presence) {
    var said = "already answers, although no machine of this plan runs yet";
    return (presence == Prober.Presence.ON_LAN
            ? Finding.error(key, said)
            : Finding.warning(key, said + " (unless a router answers in its place)"))
        .given(address)
        .remedy(
            "choose another address outside the router's DHCP range, or see who has this one: arp -n "
                + address);
  }
}
