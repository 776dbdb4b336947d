package starbase.it;

/**
 * The stack file of a lab that is built on a cluster that somebody else made. The rest of it stays
 * as it is. Such a lab has no simulated machines and one control plane, and so is up sooner.
 */
final class ExistingCluster {
  private ExistingCluster() {}

  /** Turns a stack file of a cluster that is made into one of a cluster that is there. */
  static String of(String file) {
    return file.replace("    kind: talos\n", "    kind: existing\n")
        .replaceAll("(?s)  starbase:proxmox:\n.*?(?=  starbase:namespaces:\n)", "")
        .replaceAll(" {2}starbase:machineDefaults: .*\n", "")
        .replaceAll("(\\{role: \\w+, address: [\\d.]+), host: .*\\}", "$1}");
  }
}
