package starbase;

import com.pulumi.core.Output;
import java.util.Optional;
import starbase.kubernetes.ClusterConfig;
import starbase.net.NetworkConfig;
import starbase.proxmox.ProxmoxConfig;
import starbase.proxmox.Site;
import starbase.talos.TalosCluster;
import starbase.talos.TalosConfig;

/**
 * A cluster that the lab makes, and all that the layers below it need to know of each other.
 *
 * @param cluster its name and its nodes
 * @param network the LAN that they are in
 * @param proxmox the machines
 * @param talos what is laid over their configuration
 */
record Made(
    ClusterConfig.Talos cluster,
    NetworkConfig network,
    ProxmoxConfig proxmox,
    Optional<TalosConfig> talos) {
  /** What the machines are made for. */
  Site site(String stack) {
    return new Site(stack, cluster.identifier(), cluster.plan(), network);
  }

  TalosConfig talosConfig() {
    return talos.orElseGet(
        () -> new TalosConfig(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  /**
   * The cluster that is made on the machines: they are installed and upgraded to what their image
   * holds.
   *
   * @param secrets an existing secrets bundle
   */
  TalosCluster talosCluster(Optional<Output<String>> secrets) {
    return new TalosCluster(
        cluster.identifier(),
        cluster.plan(),
        network,
        proxmox.image().installer(cluster.plan().talos().orElseThrow()),
        proxmox.protectedMachines(cluster.plan().controlPlanes().keySet()),
        secrets);
  }
}
