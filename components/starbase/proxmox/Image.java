package starbase.proxmox;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import starbase.kubernetes.Version;
import starbase.machines.Machine;
import starbase.net.HostName;
import starbase.net.Sha256;

/**
 * The image of Talos on one host, or on a storage that all hosts share.
 *
 * @param host the host that downloads it
 * @param shared whether it is there for all hosts then
 * @param datastore the storage there that takes it
 * @param url where from
 * @param file its name in the storage
 * @param checksum what Proxmox holds the download against
 * @param agent whether QEMU's guest agent is in it
 */
record Image(
    HostName host,
    boolean shared,
    String datastore,
    URI url,
    String file,
    Optional<Sha256> checksum,
    boolean agent) {
  /**
   * One image for each host that has a machine; one for all of them on a storage that they share:
   * there, a second download of the same name would delete the first.
   *
   * <p>The name of the file says version and schematic: another image is another file, and what is
   * there under that name need not be compared. It says the stack too, so that nobody else's file
   * is in the way.
   *
   * @param report what the hosts said
   */
  static List<Image> of(
      ImageConfig wanted, String stack, Version talos, List<Machine> machines, HostReport report) {
    var file =
        "starbase-%s-talos-%s-%s.qcow2".formatted(stack, talos.tag(), wanted.schematic().id());
    var shared = report.imagesAreShared();
    return Stream.concat(
            machines.stream().flatMap(machine -> machine.host().stream()),
            report.stranded().stream().map(StrandedMachine::host))
        .distinct()
        .limit(shared ? 1 : Long.MAX_VALUE)
        .map(
            host ->
                new Image(
                    host,
                    shared,
                    wanted.datastore(),
                    wanted.disk(talos),
                    file,
                    wanted.checksum(),
                    wanted.schematic().hasAgent()))
        .toList();
  }

  /** Whether machines on that host start from it. */
  boolean isFor(HostName other) {
    return shared || host.equals(other);
  }

  /**
   * The name of its resource. A shared image is named by its storage: another host that downloads
   * it replaces it, and is not a second one beside it.
   */
  String resource() {
    return "image-" + (shared ? datastore : host);
  }

  /** Proxmox's name of it. */
  String volume() {
    return "%s:import/%s".formatted(datastore, file);
  }
}
