package starbase.proxmox;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Tags say in Proxmox whose machines are whose. */
public final class Tags {
  /** Every machine of every lab has it. */
  private static final String STARBASE = "starbase";

  private Tags() {}

  /** What only the machines of that stack have. Proxmox writes tags in lower case. */
  public static String ofStack(String stack) {
    return STARBASE + "-" + stack.toLowerCase(Locale.ROOT);
  }

  /** In the order that Proxmox keeps them in. */
  static List<String> of(String stack, List<String> others) {
    return Stream.concat(Stream.of(STARBASE, ofStack(stack)), others.stream())
        .distinct()
        .sorted()
        .toList();
  }
}
