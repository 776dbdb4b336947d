package starbase.proxmox;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import starbase.net.DnsLabel;

/** Tags say in Proxmox whose machines are whose. */
public final class Tags {
  /** Every machine of every lab has it. */
  private static final String STARBASE = "starbase";

  /** Before the name of the node that a machine was made for. */
  private static final String NODE = "node-";

  private Tags() {}

  /** What only the machines of that stack have. Proxmox writes tags in lower case. */
  public static String ofStack(String stack) {
    return STARBASE + "-" + stack.toLowerCase(Locale.ROOT);
  }

  /**
   * The node that a machine was made for, if its tags say so. Proxmox does not know the name of a
   * machine whose host is down; tags it always knows.
   */
  public static Optional<String> node(List<String> tags) {
    return tags.stream()
        .filter(tag -> tag.startsWith(NODE))
        .map(tag -> tag.substring(NODE.length()))
        .findFirst();
  }

  /** In the order that Proxmox keeps them in. */
  static List<String> of(String stack, DnsLabel node, List<String> others) {
    return Stream.concat(Stream.of(STARBASE, ofStack(stack), NODE + node), others.stream())
        .distinct()
        .sorted()
        .toList();
  }
}
