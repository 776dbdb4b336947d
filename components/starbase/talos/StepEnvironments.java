package starbase.talos;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import starbase.machines.Machine;
import starbase.net.DnsLabel;
import starbase.net.Sha256;

/**
 * What each step of talos.sh is told by its environment. A step runs again when that changes: so
 * none is told what does not matter to it. Nothing here is secret.
 */
final class StepEnvironments {
  private final TalosConfig config;
  private final TalosCluster cluster;
  private final Set<DnsLabel> absent;

  /**
   * @param absent machines that can't be reached now. Their steps are skipped, and run once they
   *     are reached again, as their environment is another one then
   */
  StepEnvironments(TalosConfig config, TalosCluster cluster, Set<DnsLabel> absent) {
    this.config = config;
    this.cluster = cluster;
    this.absent = absent;
  }

  /** Access for people stays the same until it is to be renewed, whatever machines come and go. */
  Map<String, String> talosconfig() {
    return Map.of(
        "CLUSTER", cluster.identifier(),
        "ENDPOINT", cluster.endpoint(),
        "RENEWED", config.renewed().orElse(""));
  }

  Map<String, String> kubeconfig() {
    return merged(talosconfig(), of(cluster.controlPlanes().get(0)));
  }

  Map<String, String> apply(Machine machine) {
    var patches = new TreeMap<String, String>();
    for (var patch : TalosPlan.patches(machine, config, cluster)) {
      patches.put("PATCH_" + (patches.size() + 1), patch);
    }
    return merged(everyStep(), of(machine), versions(), patches, absent(List.of(machine)));
  }

  Map<String, String> bootstrap() {
    return merged(everyStep(), of(cluster.controlPlanes().get(0)), controlPlanes());
  }

  /** Told also what every machine is given, so that a changed cluster is waited for again. */
  Map<String, String> ready() {
    return merged(
        everyStep(),
        versions(),
        controlPlanes(),
        absent(cluster.controlPlanes()),
        Map.of(
            "VIP", cluster.vip(),
            "MACHINES", addresses(cluster.machines()),
            "INSTALLER", installers(),
            "CONFIGURED", digest()));
  }

  Map<String, String> upgrade(Machine machine) {
    return merged(
        everyStep(),
        of(machine),
        controlPlanes(),
        absent(List.of(machine)),
        Map.of("TALOS", cluster.talos(), "INSTALLER", machine.installer()));
  }

  Map<String, String> upgradeKubernetes() {
    return merged(everyStep(), controlPlanes(), versions());
  }

  Map<String, String> leave(Machine machine) {
    return merged(everyStep(), of(machine), controlPlanes());
  }

  private Map<String, String> everyStep() {
    var told = new TreeMap<String, String>();
    told.put("CLUSTER", cluster.identifier());
    told.put("ENDPOINT", cluster.endpoint());
    config
        .timeouts()
        .map(TimeoutsConfig::given)
        .orElse(Map.of())
        .forEach(
            (name, seconds) -> told.put(name.toUpperCase(Locale.ROOT), Integer.toString(seconds)));
    return told;
  }

  private static Map<String, String> of(Machine machine) {
    return Map.of(
        "NAME", machine.name().text(),
        "ADDRESS", machine.address().toString(),
        "ROLE", machine.role().ofTalos());
  }

  private Map<String, String> versions() {
    return Map.of("TALOS", cluster.talos(), "KUBERNETES", cluster.kubernetes());
  }

  private Map<String, String> controlPlanes() {
    return Map.of("CONTROL_PLANES", addresses(cluster.controlPlanes()));
  }

  /**
   * The environment variable that names the absent ones of these machines; empty if all are
   * present.
   */
  private Map<String, String> absent(List<Machine> machines) {
    var names =
        machines.stream()
            .map(Machine::name)
            .filter(absent::contains)
            .map(DnsLabel::text)
            .collect(Collectors.joining(" "));
    return names.isEmpty() ? Map.of() : Map.of("ABSENT", names);
  }

  /** For instance {@code cp1=192.168.1.11 cp2=192.168.1.12}. */
  private static String addresses(List<Machine> machines) {
    return machines.stream()
        .map(machine -> machine.name() + "=" + machine.address())
        .collect(Collectors.joining(" "));
  }

  private String installers() {
    return cluster.machines().stream()
        .map(Machine::installer)
        .distinct()
        .collect(Collectors.joining(" "));
  }

  private String digest() {
    var patches =
        cluster.machines().stream()
            .flatMap(machine -> TalosPlan.patches(machine, config, cluster).stream())
            .collect(Collectors.joining("\0"));
    return Sha256.of(patches).hex().substring(0, 16);
  }

  @SafeVarargs
  private static Map<String, String> merged(Map<String, String>... parts) {
    var all = new TreeMap<String, String>();
    for (var part : parts) {
      all.putAll(part);
    }
    return all;
  }
}
