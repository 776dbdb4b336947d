package starbase.proxmox;

import java.util.regex.Pattern;
import starbase.rules.Rules;

/** How Proxmox names what machines use. */
final class Names {
  /** Source: pve-common, PVE::JSONSchema, format pve-storage-id. */
  private static final Pattern DATASTORE = Pattern.compile("[A-Za-z][-A-Za-z0-9_.]*[A-Za-z0-9]");

  private Names() {}

  static void datastore(Rules rules, String field, String name) {
    rules.require(
        DATASTORE.matcher(name).matches(),
        field,
        "is no name of a storage",
        "one of Datacenter > Storage, as local-lvm");
  }
}
