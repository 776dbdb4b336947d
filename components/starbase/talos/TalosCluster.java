package starbase.talos;

import com.pulumi.core.Output;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import starbase.kubernetes.ClusterPlan;
import starbase.kubernetes.Version;
import starbase.net.DnsLabel;
import starbase.net.NetworkConfig;

/**
 * The cluster to be made.
 *
 * @param identifier its name
 * @param plan its machines, networks and versions; all that is optional there is given
 * @param network what it is put into
 * @param installer the image that machines are installed and upgraded from
 * @param kept machines that leave only after somebody has said so, as their virtual machines go
 *     only then
 * @param secrets an existing secrets bundle, as {@code talosctl gen secrets} writes it; without
 *     one, it is made once
 */
public record TalosCluster(
    String identifier,
    ClusterPlan plan,
    NetworkConfig network,
    String installer,
    Set<DnsLabel> kept,
    Optional<Output<String>> secrets) {
  List<Machine> machines() {
    return Machine.of(plan);
  }

  List<Machine> controlPlanes() {
    return machines().stream().filter(machine -> machine.role() == Role.CONTROL_PLANE).toList();
  }

  List<Machine> workers() {
    return machines().stream().filter(machine -> machine.role() == Role.WORKER).toList();
  }

  String vip() {
    return plan.vip().orElseThrow().toString();
  }

  /** The Kubernetes API's address, which every machine and client uses. */
  String endpoint() {
    return "https://" + vip() + ":6443";
  }

  /** With a v before it, as Talos' own tools write it. */
  String talos() {
    return plan.talos().map(TalosCluster::withV).orElseThrow();
  }

  /** Without a v before it, as Talos' tools take it. */
  String kubernetes() {
    return plan.kubernetes().map(version -> withV(version).substring(1)).orElseThrow();
  }

  private static String withV(Version version) {
    return version.text().startsWith("v") ? version.text() : "v" + version.text();
  }
}
