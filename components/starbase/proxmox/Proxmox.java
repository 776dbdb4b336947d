package starbase.proxmox;

import static java.util.Objects.requireNonNull;

import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import io.muehlbachler.pulumi.proxmoxve.download.File;
import io.muehlbachler.pulumi.proxmoxve.download.FileArgs;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import starbase.Layer;
import starbase.kubernetes.Version;
import starbase.machines.Machine;
import starbase.net.DnsLabel;
import starbase.net.HostName;

/** Ready when all machines are started. Talos need not have booted in them by then. */
public final class Proxmox extends Layer {
  /** The factory makes an image only when it is asked for, and a home line brings it. */
  private static final Duration DOWNLOAD = Duration.ofMinutes(30);

  private final Map<DnsLabel, Resource> machines = new HashMap<>();

  /**
   * @param stack the stack's name: it stands in the tags of all that is the stack's own in Proxmox
   * @param talos the version that the machines boot
   * @param machines those with a host; others are there already
   */
  public Proxmox(
      String name,
      ImageConfig config,
      String stack,
      Version talos,
      List<Machine> machines,
      ComponentResourceOptions options) {
    super("starbase:proxmox:Proxmox", name, options);
    var files = new HashMap<HostName, File>();
    var images = new HashMap<HostName, Image>();
    for (var image : Image.of(config, stack, talos, machines)) {
      images.put(image.host(), image);
      files.put(image.host(), file(image));
    }
    for (var machine : machines) {
      machine
          .host()
          .ifPresent(
              host ->
                  this.machines.put(
                      machine.name(),
                      VirtualMachine.of(
                          named(machine.name().text()),
                          machine,
                          requireNonNull(images.get(host)),
                          Tags.of(stack, machine.settings().tags().orElse(List.of())),
                          options(requireNonNull(files.get(host)))
                              .protect(machine.config().isProtected())
                              .ignoreChanges(VirtualMachine.ignored(machine))
                              // Two of them would have one address and one hardware address.
                              .deleteBeforeReplace(true)
                              .build())));
    }
    registerOutputs(Map.of());
  }

  /** The virtual machines, by name. */
  public Map<DnsLabel, Resource> machines() {
    return Map.copyOf(machines);
  }

  private File file(Image image) {
    var args =
        FileArgs.builder()
            .nodeName(image.host().text())
            .datastoreId(image.datastore())
            .contentType("import")
            .url(image.url().toString())
            .fileName(image.file())
            // The file's name says its content: there is nothing to look for in it at every run.
            .overwrite(false)
            // What is left of a download that was interrupted must not be in the way of the next.
            .overwriteUnmanaged(true)
            .uploadTimeout(Math.toIntExact(DOWNLOAD.toSeconds()));
    image
        .checksum()
        .ifPresent(checksum -> args.checksum(checksum.hex()).checksumAlgorithm("sha256"));
    // The other way round, the deletion of the old one takes the new one with it that has its name.
    return new File(
        named("image-" + image.host()), args.build(), options().deleteBeforeReplace(true).build());
  }
}
