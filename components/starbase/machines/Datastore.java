package starbase.machines;

import java.util.regex.Pattern;
import starbase.rules.Rules;

/** The names of Proxmox's storages. */
public final class Datastore {
  /** Source: pve-common, PVE::JSONSchema, format pve-storage-id. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z][-A-Za-z0-9_.]*[A-Za-z0-9]");

  private Datastore() {}

  /** Adds the rule that the field is the name of a storage. */
  public static void require(Rules rules, String field, String name) {
    rules.require(
        NAME.matcher(name).matches(),
        field,
        "is not the name of a storage",
        "one of Datacenter > Storage, such as local-lvm");
  }
}
