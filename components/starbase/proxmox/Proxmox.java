package starbase.proxmox;

import com.pulumi.resources.ComponentResourceOptions;
import io.muehlbachler.pulumi.proxmoxve.download.File;
import io.muehlbachler.pulumi.proxmoxve.download.FileArgs;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import starbase.Layer;

/** Ready when all machines are started. Talos need not have booted in them by then. */
public final class Proxmox extends Layer {
  /** The factory makes an image only when it is asked for, and a home line brings it. */
  private static final Duration DOWNLOAD = Duration.ofMinutes(30);

  /**
   * @param site what the machines are made for
   */
  public Proxmox(String name, ProxmoxConfig config, Site site, ComponentResourceOptions options) {
    super("starbase:proxmox:Proxmox", name, options);
    var images = Image.of(config, site);
    var files = new HashMap<Image, File>();
    images.forEach(image -> files.put(image, file(image)));
    Machine.of(config, site, images)
        .forEach(
            machine ->
                VirtualMachine.of(
                    named(machine.name().text()),
                    machine,
                    options(Objects.requireNonNull(files.get(machine.image())))
                        .protect(machine.isProtected())
                        .ignoreChanges(machine.ignored())
                        .build()));
    registerOutputs(Map.of());
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
