package starbase.proxmox;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import starbase.kubernetes.Version;
import starbase.machines.Datastore;
import starbase.net.Sha256;
import starbase.rules.Rules;

/**
 * The Talos image of the machines, built by the Image Factory.
 *
 * @param extensions Talos' system extensions in the image, such as siderolabs/qemu-guest-agent; may
 *     be empty
 * @param datastore the storage on each host for the image; it needs the content type import
 * @param checksum the SHA-256 of the image's file, which Proxmox verifies
 * @param factory the address of the Image Factory; default: https://factory.talos.dev
 */
public record ImageConfig(
    List<String> extensions, String datastore, Optional<Sha256> checksum, Optional<URI> factory) {
  private static final Pattern EXTENSION =
      Pattern.compile("[a-z0-9][-a-z0-9.]*/[a-z0-9][-a-z0-9.]*");
  private static final URI FACTORY = URI.create("https://factory.talos.dev");

  /** Talos without extensions, for machines that no Proxmox host has. */
  public static final ImageConfig PLAIN =
      new ImageConfig(List.of(), "local", Optional.empty(), Optional.empty());

  /**
   * @throws IllegalArgumentException if an extension is none or stands twice, the datastore is no
   *     name of one, or the factory no web server
   */
  public ImageConfig {
    var rules = new Rules();
    for (int i = 0; i < extensions.size(); i++) {
      var key = "extensions[" + i + "]";
      rules
          .require(
              EXTENSION.matcher(extensions.get(i)).matches(),
              key,
              "is not a system extension",
              "owner/name, such as siderolabs/qemu-guest-agent")
          .require(
              extensions.indexOf(extensions.get(i)) == i,
              key,
              "is listed twice",
              "each extension once");
    }
    Datastore.require(rules, "datastore", datastore);
    factory.ifPresent(
        address ->
            rules.require(
                String.valueOf(address.getScheme()).matches("https?")
                    && address.getHost() != null
                    && String.valueOf(address.getRawPath()).matches("/?"),
                "factory",
                "is not the URL of an Image Factory",
                "a URL without a path, such as https://factory.talos.dev"));
    rules.enforce();
  }

  /** What the factory is asked for. */
  public Schematic schematic() {
    return new Schematic(extensions);
  }

  /** The factory that makes it. */
  public URI maker() {
    return factory.orElse(FACTORY);
  }

  /** Where the factory takes schematics. */
  public URI schematics() {
    return maker().resolve("/schematics");
  }

  /**
   * The container image that installs and upgrades a machine to the same extensions.
   *
   * @param platform the factory's name of what the machine boots on, as nocloud or metal
   * @param talos the version, with or without a v before it
   */
  public String installer(String platform, Version talos) {
    return "%s/%s-installer/%s:%s"
        .formatted(maker().getAuthority(), platform, schematic().id(), talos.tag());
  }

  /** What the factory has to make: the disk image, and the installer's manifest. */
  public List<URI> products(Version talos) {
    return List.of(
        disk(talos),
        maker()
            .resolve(
                "/v2/nocloud-installer/%s/manifests/%s".formatted(schematic().id(), talos.tag())));
  }

  /** The disk image for Proxmox. */
  URI disk(Version talos) {
    return maker()
        .resolve("/image/%s/%s/nocloud-amd64.qcow2".formatted(schematic().id(), talos.tag()));
  }
}
