package starbase.proxmox;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import starbase.net.DnsLabel;
import starbase.net.Sha256;

/**
 * The image of Talos on one host.
 *
 * @param host the host that downloads it
 * @param datastore the storage there that takes it
 * @param url where from
 * @param file its name in the storage
 * @param checksum what Proxmox holds the download against
 */
record Image(DnsLabel host, String datastore, URI url, String file, Optional<Sha256> checksum) {
  /**
   * One image for each host that has a machine.
   *
   * <p>The name of the file says version and schematic: another image is another file, and what is
   * there under that name need not be compared. It says the stack too, so that nobody else's file
   * is in the way.
   */
  static List<Image> of(ProxmoxConfig config, Site site) {
    var talos = site.plan().talos().orElseThrow();
    var wanted = config.image();
    var file =
        "starbase-%s-talos-%s-%s.qcow2"
            .formatted(site.stack(), ImageConfig.tag(talos), wanted.schematic().id());
    return config.machines().values().stream()
        .map(MachineConfig::host)
        .distinct()
        .map(
            host ->
                new Image(host, wanted.datastore(), wanted.disk(talos), file, wanted.checksum()))
        .toList();
  }

  /** Proxmox's name of it. */
  String volume() {
    return "%s:import/%s".formatted(datastore, file);
  }
}
