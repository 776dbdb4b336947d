package starbase.stack.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import starbase.apps.AppConfig;
import starbase.certs.CertificateConfig;
import starbase.certs.CertsConfig;
import starbase.findings.Finding;
import starbase.findings.Severity;
import starbase.gateways.GatewayConfig;
import starbase.kubernetes.ClusterConfig;
import starbase.kubernetes.ClusterPlan;
import starbase.machines.MachineConfig;
import starbase.machines.Role;
import starbase.net.AddressBlock;
import starbase.net.DnsLabel;
import starbase.policies.PoliciesConfig;
import starbase.policies.ProductionConfig;

/** The lab as the rules see it. */
public final class LabView {
  private final PartialLabConfig draft;
  private final NavigableSet<String> brokenKeys;
  private final Map<DnsLabel, Map<DnsLabel, AppConfig>> byNamespace = new HashMap<>();

  /**
   * @param problems what is wrong with single values
   */
  public LabView(PartialLabConfig draft, List<Finding> problems) {
    this(problems.stream().map(Finding::key).toList(), draft);
  }

  private LabView(List<String> brokenKeys, PartialLabConfig draft) {
    this.draft = draft;
    this.brokenKeys = new TreeSet<>(brokenKeys);
    apps()
        .forEach(
            (name, app) ->
                byNamespace
                    .computeIfAbsent(app.namespace(), namespace -> new LinkedHashMap<>())
                    .put(name, app));
  }

  /** The same, where what these findings are about is not intact either. */
  LabView without(List<Finding> problems) {
    var all = new ArrayList<>(brokenKeys);
    problems.stream()
        .filter(each -> each.severity() == Severity.ERROR)
        .map(Finding::key)
        .forEach(all::add);
    return new LabView(all, draft);
  }

  PartialLabConfig draft() {
    return draft;
  }

  /**
   * Whether a part of the plan is all there: nothing is wrong with it, below it or above it. What
   * is not all there may lack what another part asks for only because of that.
   */
  boolean intact(String key) {
    return !brokenKeys.contains(key)
        && !isBrokenBelow(key + ".")
        && !isBrokenBelow(key + "[")
        && IntStream.range(0, key.length())
            .filter(i -> key.charAt(i) == '.' || key.charAt(i) == '[')
            .noneMatch(i -> brokenKeys.contains(key.substring(0, i)));
  }

  private boolean isBrokenBelow(String prefix) {
    var next = brokenKeys.ceiling(prefix);
    return next != null && next.startsWith(prefix);
  }

  Map<DnsLabel, GatewayConfig> gateways() {
    return draft.gateways().orElse(Map.of());
  }

  Map<DnsLabel, AppConfig> apps() {
    return draft.apps().orElse(Map.of());
  }

  /** The applications of a namespace. */
  Map<DnsLabel, AppConfig> apps(DnsLabel namespace) {
    return byNamespace.getOrDefault(namespace, Map.of());
  }

  Map<DnsLabel, CertificateConfig> certificates() {
    return draft.certs().map(CertsConfig::certificates).orElse(Map.of());
  }

  /**
   * The labels that a namespace will have, its name among them; nothing if it is not made by this
   * lab.
   */
  Optional<Map<String, String>> labels(DnsLabel namespace) {
    return draft
        .namespaces()
        .flatMap(made -> Optional.ofNullable(made.get(namespace)))
        .map(
            its -> {
              var labels = new HashMap<>(its.labels().orElse(Map.of()));
              labels.put("kubernetes.io/metadata.name", namespace.text());
              return labels;
            });
  }

  Map<DnsLabel, ProductionConfig> production() {
    return draft.policies().map(PoliciesConfig::production).orElse(Map.of());
  }

  Optional<ClusterPlan> cluster() {
    return draft.cluster().flatMap(ClusterConfig::planned);
  }

  /** The plan of a cluster that is made, and not there already. */
  Optional<ClusterPlan> made() {
    return draft
        .cluster()
        .filter(ClusterConfig.Talos.class::isInstance)
        .flatMap(ClusterConfig::planned);
  }

  /** The nodes, by name, each with the defaults. */
  Map<DnsLabel, MachineConfig> machines() {
    var machines = new LinkedHashMap<DnsLabel, MachineConfig>();
    draft
        .machines()
        .orElse(Map.of())
        .forEach((name, its) -> machines.put(name, its.or(draft.machineDefaults())));
    return machines;
  }

  /** Those of a role. */
  Map<DnsLabel, MachineConfig> machines(Role role) {
    var machines = machines();
    machines.values().removeIf(its -> its.role() != role);
    return machines;
  }

  List<AddressBlock> pool() {
    return draft.cilium().map(cilium -> cilium.addresses()).orElse(List.of());
  }
}
