package starbase.proxmox;

import java.util.List;
import java.util.stream.Collectors;
import starbase.net.Sha256;

/**
 * What the Image Factory puts into an image besides Talos itself.
 *
 * @param extensions Talos's system extensions, in alphabetical order: another order would be
 *     another schematic to the factory, and another image
 */
public record Schematic(List<String> extensions) {
  static final String AGENT = "siderolabs/qemu-guest-agent";

  public Schematic {
    extensions = extensions.stream().sorted().toList();
  }

  /**
   * The form that the factory computes the id of, to the letter: what Go's yaml.v3 makes of it.
   * Source: github.com/siderolabs/image-factory v0.9.0, pkg/schematic.
   */
  public String yaml() {
    return extensions.isEmpty()
        ? "customization: {}\n"
        : "customization:\n    systemExtensions:\n        officialExtensions:\n"
            + extensions.stream()
                .map("            - %s\n"::formatted)
                .collect(Collectors.joining());
  }

  /** The factory's name for it: so the image's address is known before the factory is asked. */
  public String id() {
    return Sha256.of(yaml()).hex();
  }

  /** Whether Proxmox finds somebody to talk to in the machine. */
  boolean hasAgent() {
    return extensions.contains(AGENT);
  }
}
