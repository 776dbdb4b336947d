package starbase.preflight;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import starbase.findings.Finding;
import starbase.kubernetes.Version;

/**
 * The hosts themselves: names, whether they answer, version, CPU, memory, clock, pools, devices.
 */
final class HostChecks {
  /** The first with content type import. */
  private static final Version OLDEST = new Version("8.4.0");

  /** Certificates that are made here are not valid yet on a machine whose clock is behind. */
  private static final Duration MOST_SKEW = Duration.ofSeconds(60);

  private final Facts facts;
  private final HardwarePlan plan;
  private final List<Finding> findings = new ArrayList<>();

  private HostChecks(Facts facts, HardwarePlan plan) {
    this.facts = facts;
    this.plan = plan;
  }

  static List<Finding> findings(Facts facts, HardwarePlan plan) {
    var checks = new HostChecks(facts, plan);
    checks.plan.by(PlannedMachine::host).forEach(checks::host);
    checks.machines();
    return checks.findings;
  }

  private void host(String name, List<PlannedMachine> machines) {
    var key = machines.get(0).key("host");
    var host = facts.hosts().get(name);
    if (host == null) {
      findings.add(
          Finding.error(key, "is not a host of this Proxmox cluster" + others(machines))
              .given(name)
              .allowed(name, facts.hosts().keySet()));
      return;
    }
    if (host.silent().isPresent()) {
      findings.add(silent(name, host.silent().get(), machines));
      return;
    }
    if (Version.isVersion(host.version()) && new Version(host.version()).compareTo(OLDEST) < 0) {
      findings.add(
          Finding.error(
                  key,
                  "runs Proxmox VE %s, which can't import an image by its API"
                      .formatted(host.version()))
              .given(name)
              .remedy("8.4 or newer; on the host: apt update && apt full-upgrade"));
    }
    clock(name, host, key);
    memory(name, host, machines);
  }

  /** What is on a silent host stays as it is. What shall be made or moved there can't be. */
  private Finding silent(String name, String why, List<PlannedMachine> machines) {
    var key = machines.get(0).key("host");
    var wanted =
        machines.stream()
            .filter(
                machine ->
                    facts
                        .guest(machine.vmId())
                        .filter(guest -> guest.host().equals(name))
                        .isEmpty())
            .toList();
    if (wanted.isEmpty()) {
      return Finding.warning(
              key,
              "does not answer (%s): skipped; nothing is checked or changed on it, and %s as it is"
                  .formatted(why, stay(machines)))
          .given(name);
    }
    return Finding.error(
            wanted.get(0).key("host"),
            "does not answer (%s), and %s to be made there".formatted(why, are(wanted)))
        .given(name)
        .remedy("start the host, or name another one");
  }

  private void clock(String name, Facts.Host host, String key) {
    if (host.ahead().abs().compareTo(MOST_SKEW) > 0) {
      findings.add(
          Finding.warning(
                  key,
                  "has a clock that is %d min %s this computer's"
                      .formatted(
                          Math.round(host.ahead().abs().toSeconds() / 60.0),
                          host.ahead().isNegative() ? "behind" : "ahead of"))
              .given(name)
              .remedy(
                  "on the host: systemctl restart chrony && chronyc makestep; here: timedatectl"
                      + " set-ntp true"));
    }
  }

  private void memory(String name, Facts.Host host, List<PlannedMachine> machines) {
    int wanted = machines.stream().mapToInt(PlannedMachine::memory).sum();
    if (host.memory() > 0 && wanted > host.memory()) {
      findings.add(
          Finding.warning(
                  machines.get(0).key("memory"),
                  "the machines of %s have %d MiB together, and the host has %d"
                      .formatted(name, wanted, host.memory()))
              .remedy("less memory, or some of them on another host"));
    }
  }

  private void machines() {
    var noMapping = new LinkedHashMap<String, Finding>();
    for (var machine : plan.machines()) {
      facts.guest(machine.vmId()).ifPresent(guest -> move(machine, guest));
      facts
          .answering(machine.host())
          .filter(host -> host.cores() > 0 && machine.cores() > host.cores())
          .ifPresent(
              host ->
                  findings.add(
                      Finding.error(
                              machine.key("cores"),
                              "are more than %s has: Proxmox does not start such a machine"
                                  .formatted(machine.host()))
                          .given(machine.cores())
                          .allowed("up to " + host.cores())));
      machine.pci().forEach(name -> device(machine, name, noMapping));
      machine.pool().filter(facts.granted()::seesPool).ifPresent(name -> pool(machine, name));
    }
    findings.addAll(noMapping.values());
  }

  private void device(PlannedMachine machine, String name, Map<String, Finding> missing) {
    var hosts = facts.pciMappings().get(name);
    if (!facts.granted().seesMapping(name) || hosts != null && hosts.contains(machine.host())) {
      return;
    }
    var how =
        "on %s: pvesh %s --map node=%s,path=0000:01:00.0,id=… (lspci -nn shows path and id)"
            .formatted(
                machine.host(),
                hosts == null
                    ? "create /cluster/mapping/pci --id " + name
                    : "set /cluster/mapping/pci/" + name,
                machine.host());
    missing.putIfAbsent(
        name + " " + machine.host(),
        Finding.error(
                machine.key("pci"),
                hosts == null
                    ? "is not a PCI mapping of this Proxmox cluster"
                    : "has no device on " + machine.host())
            .given(name)
            .remedy(how));
  }

  private void pool(PlannedMachine machine, String name) {
    if (!facts.pools().contains(name)) {
      findings.add(
          Finding.error(machine.key("pool"), "is not a pool of this Proxmox cluster")
              .given(name)
              .remedy("on a host: pvesh create /pools --poolid " + name));
    }
  }

  private void move(PlannedMachine machine, ProxmoxVm guest) {
    if (guest.host().equals(machine.host()) || !guest.is(machine, plan.stack())) {
      return;
    }
    var move = "moves from %s to %s".formatted(guest.host(), machine.host());
    risk(machine, guest)
        .ifPresent(
            risk ->
                findings.add(
                    facts.isSilent(guest.host())
                        ? Finding.error(machine.key("host"), move + ": " + risk)
                        : Finding.warning(machine.key("host"), move + ": " + risk)));
  }

  private Optional<String> risk(PlannedMachine machine, ProxmoxVm guest) {
    if (facts.isSilent(guest.host())) {
      return Optional.of(
          "%s does not answer, so nothing can be fetched from it. Start it, or take %s out (`up`) and add a machine of another name"
              .formatted(guest.host(), machine.name()));
    }
    if (!machine.pci().isEmpty()) {
      return Optional.of(
          "Proxmox does not move a running machine with a PCI device. Power it off first: talosctl"
              + " shutdown --nodes "
              + machine.address());
    }
    if (machine.hostCpu()) {
      return Optional.of(
          "with cpuType host it may crash on a host with another CPU. Where they differ, set"
              + " cpuType x86-64-v2-AES, and reboot it, before it moves");
    }
    return Optional.empty();
  }

  private static String others(List<PlannedMachine> machines) {
    return machines.size() == 1
        ? ""
        : " (also for %s)".formatted(names(machines.subList(1, machines.size())));
  }

  private static String stay(List<PlannedMachine> machines) {
    return names(machines) + (machines.size() == 1 ? " stays" : " stay");
  }

  private static String are(List<PlannedMachine> machines) {
    return names(machines) + (machines.size() == 1 ? " is" : " are");
  }

  static String names(List<PlannedMachine> machines) {
    return String.join(", ", machines.stream().map(machine -> machine.name().text()).toList());
  }
}
