package starbase.proxmox;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import starbase.kubernetes.Version;
import starbase.machines.Machine;
import starbase.net.HostName;
import starbase.net.Sha256;

/**
 * The image of Talos on one host.
 *
 * @param host the host that downloads it
 * @param datastore the storage there that takes it
 * @param url where from
 * @param file its name in the storage
 * @param checksum what Proxmox holds the download against
 * @param agent whether QEMU's guest agent is in it
 */
record Image(
    HostName host,
    String datastore,
    URI url,
    String file,
    Optional<Sha256> checksum,
    boolean agent) {
  /**
   * One image for each host that has a machine.
   *
   * <p>The name of the file says version and schematic: another image is another file, and what is
   * there under that name need not be compared. It says the stack too, so that nobody else's file
   * is in the way.
   */
  static List<Image> of(ImageConfig wanted, String stack, Version talos, List<Machine> machines) {
    var file =
        "starbase-%s-talos-%s-%s.qcow2"
            .formatted(stack, ImageConfig.tag(talos), wanted.schematic().id());
    return machines.stream()
        .flatMap(machine -> machine.host().stream())
        .distinct()
        .map(
            host ->
                new Image(
                    host,
                    wanted.datastore(),
                    wanted.disk(talos),
                    file,
                    wanted.checksum(),
                    wanted.schematic().hasAgent()))
        .toList();
  }

  /** Proxmox's name of it. */
  String volume() {
    return "%s:import/%s".formatted(datastore, file);
  }
}
