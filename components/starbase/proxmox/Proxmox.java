package starbase.proxmox;

import static java.util.Objects.requireNonNull;

import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import io.muehlbachler.pulumi.proxmoxve.download.File;
import io.muehlbachler.pulumi.proxmoxve.download.FileArgs;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import starbase.layer.Layer;
import starbase.machines.Machine;
import starbase.net.DnsLabel;

/** Ready when all machines are started. Talos need not have booted in them by then. */
public final class Proxmox extends Layer {
  /**
   * Ignores changes to all properties: the resource keeps its state, and the provider isn't called.
   */
  private static final List<String> ALL = List.of("*");

  /** The factory makes an image only when it is asked for, and a home line brings it. */
  private static final Duration DOWNLOAD = Duration.ofMinutes(30);

  private final Map<DnsLabel, Resource> machines = new HashMap<>();

  public Proxmox(String name, ProxmoxArgs args, ComponentResourceOptions options) {
    super("starbase:proxmox:Proxmox", name, options);
    var files = new LinkedHashMap<Image, File>();
    for (var image :
        Image.of(args.image(), args.stack(), args.talos(), args.machines(), args.report())) {
      files.put(image, file(image, isStranded(image, args.machines())));
    }
    for (var machine : args.machines()) {
      machine
          .host()
          .ifPresent(
              host -> {
                var image =
                    files.keySet().stream()
                        .filter(its -> its.isFor(host))
                        .findFirst()
                        .orElseThrow();
                this.machines.put(
                    machine.name(),
                    VirtualMachine.create(
                        named(machine.name().text()),
                        machine,
                        image,
                        Tags.of(
                            args.stack(),
                            machine.name(),
                            machine.settings().tags().orElse(List.of())),
                        options(requireNonNull(files.get(image)))
                            .protect(machine.config().isProtected())
                            .ignoreChanges(VirtualMachine.ignored(machine))
                            // Two of them would have one address and one hardware address.
                            .deleteBeforeReplace(true)
                            .build()));
              });
    }
    for (var machine : args.report().stranded()) {
      VirtualMachine.createStranded(
          named(machine.name().text()),
          machine,
          options().ignoreChanges(VirtualMachine.ALL).build());
    }
    registerOutputs(Map.of());
  }

  /** The virtual machines of the plan, by name. */
  public Map<DnsLabel, Resource> machines() {
    return Map.copyOf(machines);
  }

  /** Whether no machine of the plan is on its host: it stays as long as that host is silent. */
  private static boolean isStranded(Image image, List<Machine> machines) {
    return machines.stream().flatMap(machine -> machine.host().stream()).noneMatch(image::isFor);
  }

  private File file(Image image, boolean stranded) {
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
        named(image.resource()),
        args.build(),
        options().deleteBeforeReplace(true).ignoreChanges(stranded ? ALL : List.of()).build());
  }
}
