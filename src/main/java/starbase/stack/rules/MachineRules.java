package starbase.stack.rules;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import starbase.findings.Finding;
import starbase.kubernetes.ClusterPlan;
import starbase.machines.MachineConfig;
import starbase.machines.MachineSettings;
import starbase.machines.Role;
import starbase.net.DnsLabel;

/** The nodes make a cluster, and each machine is large enough for what it does. */
final class MachineRules {
  static final String KEY = "starbase:machines";
  static final String DEFAULTS = "starbase:machineDefaults";

  /** Kubernetes gives each node a network of this length out of the pods' (its default). */
  private static final int NODE_LENGTH = 24;

  /**
   * What Talos asks for.
   *
   * <p>Source: docs.siderolabs.com/talos/v1.13/getting-started/system-requirements, minimum.
   *
   * @param role what such a node is called
   * @param memory in MiB
   */
  private record Least(String role, int memory, int cores) {}

  private static final Least CONTROL_PLANE = new Least("a control plane", 2048, 2);
  private static final Least WORKER = new Least("a worker", 1024, 1);

  /**
   * What is said of a virtual machine only. Defaults may say it though not all machines are one.
   */
  private static final Map<String, Function<MachineConfig, Optional<?>>> VIRTUAL =
      new TreeMap<>(
          Map.of(
              "vmId", MachineConfig::vmId,
              "cores", its -> its.settings().cores(),
              "memory", its -> its.settings().memory(),
              "disk", its -> its.settings().disk(),
              "datastore", its -> its.settings().datastore(),
              "bridge", its -> its.settings().bridge(),
              "cpuType", its -> its.settings().cpuType(),
              "extraDisks", its -> its.settings().extraDisks(),
              "pci", its -> its.settings().pci(),
              "pool", its -> its.settings().pool()));

  private MachineRules() {}

  static List<Finding> check(LabView plan) {
    var findings = new ArrayList<Finding>();
    if (plan.draft().machines().isPresent() && plan.intact(KEY)) {
      findings.addAll(votes(plan));
      findings.addAll(podNetworks(plan));
    }
    if (plan.made().isPresent()) {
      findings.addAll(hardware(plan));
      plan.machines().forEach((name, its) -> findings.addAll(small(name, its)));
    }
    return findings;
  }

  private static List<Finding> votes(LabView plan) {
    int controlPlanes = plan.machines(Role.CONTROL_PLANE).size();
    if (controlPlanes == 0) {
      return List.of(
          Finding.error(KEY, "has no control plane")
              .allowed("at least one machine with role: controlPlane"));
    }
    return controlPlanes % 2 == 1
        ? List.of()
        : List.of(
            Finding.error(
                    KEY,
                    "has %d control planes, and an even number survives no more failures than one fewer"
                        .formatted(controlPlanes))
                .allowed("an odd number, such as 1, 3 or 5"));
  }

  private static List<Finding> podNetworks(LabView plan) {
    int nodes = plan.machines().size();
    return plan
        .cluster()
        .flatMap(ClusterPlan::pods)
        .filter(pods -> pods.length() > NODE_LENGTH || 1L << (NODE_LENGTH - pods.length()) < nodes)
        .map(
            pods ->
                Finding.error(
                        "starbase:cluster.plan.pods",
                        "is too small: each of the %d nodes takes a /%d of it"
                            .formatted(nodes, NODE_LENGTH))
                    .given(pods)
                    .allowed("a larger network, such as 10.244.0.0/16"))
        .stream()
        .toList();
  }

  /** A machine with a host is a virtual machine, which is made; others are there already. */
  private static List<Finding> hardware(LabView plan) {
    var findings = new ArrayList<Finding>();
    plan.draft()
        .machines()
        .orElse(Map.of())
        .forEach((name, its) -> findings.addAll(bare(plan, name, its)));
    var virtual = new LinkedHashMap<>(plan.machines());
    virtual.values().removeIf(its -> its.host().isEmpty());
    virtual.forEach(
        (name, its) -> {
          if (its.vmId().isEmpty() && plan.intact("%s.%s.vmId".formatted(KEY, name))) {
            findings.add(
                Finding.error(
                        "%s.%s.vmId".formatted(KEY, name),
                        "is missing, and %s is a virtual machine on %s"
                            .formatted(name, its.host().orElseThrow()))
                    .allowed("a free id of Proxmox, such as 100"));
          }
        });
    Map<String, Function<MachineSettings, Optional<?>>> wanted = new LinkedHashMap<>();
    wanted.put("cores", MachineSettings::cores);
    wanted.put("memory", MachineSettings::memory);
    wanted.put("disk", MachineSettings::disk);
    wanted.put("datastore", MachineSettings::datastore);
    wanted.put("bridge", MachineSettings::bridge);
    wanted.forEach((field, get) -> missing(plan, virtual, field, get).ifPresent(findings::add));
    return findings;
  }

  /** A machine without a host is known by its network card, and told where to put Talos. */
  private static List<Finding> bare(LabView plan, DnsLabel name, MachineConfig its) {
    var key = "%s.%s".formatted(KEY, name);
    if (its.host().isPresent() || !plan.intact(key + ".host")) {
      return List.of();
    }
    var findings = new ArrayList<Finding>();
    if (its.mac().isEmpty() && plan.intact(key + ".mac")) {
      findings.add(
          Finding.error(key + ".mac", "is missing, and %s has no host".formatted(name))
              .allowed("the MAC address of its card on the LAN, or a host"));
    }
    if (its.or(plan.draft().machineDefaults()).settings().installDisk().isEmpty()
        && plan.intact(key + ".installDisk")
        && plan.intact(DEFAULTS + ".installDisk")) {
      findings.add(
          Finding.error(key + ".installDisk", "is missing, and %s has no host".formatted(name))
              .allowed(
                  "path, size, model, serial, wwid, busPath or type of the disk for Talos; or a host"));
    }
    VIRTUAL.forEach(
        (field, get) -> {
          if (get.apply(its).isPresent()) {
            findings.add(
                Finding.error(
                        key + "." + field,
                        "is only allowed for a virtual machine, and %s has no host".formatted(name))
                    .allowed("a host, or no " + field));
          }
        });
    var cards =
        its.or(plan.draft().machineDefaults()).settings().extraInterfaces().orElse(List.of());
    for (int i = 0; i < cards.size(); i++) {
      if (cards.get(i).mac().isEmpty()
          && plan.intact("%s.extraInterfaces[%d].mac".formatted(key, i))) {
        findings.add(
            Finding.error(
                    "%s.extraInterfaces[%d].mac".formatted(key, i),
                    "is missing, and %s has no host".formatted(name))
                .allowed("the MAC address of the card"));
      }
    }
    return findings;
  }

  /** One finding for all machines that lack it, as one default is enough. */
  private static Optional<Finding> missing(
      LabView plan,
      Map<DnsLabel, MachineConfig> virtual,
      String field,
      Function<MachineSettings, Optional<?>> get) {
    var without =
        virtual.entrySet().stream()
            .filter(machine -> get.apply(machine.getValue().settings()).isEmpty())
            .filter(machine -> plan.intact("%s.%s.%s".formatted(KEY, machine.getKey(), field)))
            .map(machine -> machine.getKey().text())
            .sorted()
            .collect(joining(", "));
    return without.isEmpty() || !plan.intact(DEFAULTS + "." + field)
        ? Optional.empty()
        : Optional.of(
            Finding.error(DEFAULTS + "." + field, "is missing, and not set for " + without)
                .allowed("%s here for all, or below each machine".formatted(field)));
  }

  private static List<Finding> small(DnsLabel name, MachineConfig its) {
    var least = its.role() == Role.CONTROL_PLANE ? CONTROL_PLANE : WORKER;
    var key = KEY + "." + name;
    var findings = new ArrayList<Finding>();
    its.settings()
        .memory()
        .filter(memory -> memory < least.memory())
        .map(memory -> less(key + ".memory", memory, least.memory() + " or more, in MiB", least))
        .ifPresent(findings::add);
    its.settings()
        .cores()
        .filter(cores -> cores < least.cores())
        .map(cores -> less(key + ".cores", cores, least.cores() + " or more", least))
        .ifPresent(findings::add);
    return findings;
  }

  private static Finding less(String key, int given, String allowed, Least least) {
    return Finding.error(key, "is less than Talos needs for " + least.role())
        .given(given)
        .allowed(allowed);
  }
}
