package starbase.stack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import starbase.findings.Finding;

/**
 * The keys whose values nobody may see: they are told apart before the lab is read, so that no
 * finding can quote them.
 */
public final class SecretKeys {
  /** An existing secrets bundle of Talos; without it one is made. */
  public static final String TALOS = "talosSecrets";

  /** The provider's own key for its token. */
  public static final String PROXMOX = "apiToken";

  /** The namespace of that key in the configuration. */
  public static final String PROXMOX_NAMESPACE = "proxmoxve";

  private SecretKeys() {}

  /**
   * What is wrong with them.
   *
   * @param config all keys of the stack
   * @param isSecret whether the value of a key was encrypted
   */
  static List<Finding> check(ObjectNode config, Predicate<String> isSecret) {
    var findings = new ArrayList<Finding>();
    var talos = StackConfig.PREFIX + TALOS;
    for (var key : List.of(talos, PROXMOX_NAMESPACE + ":" + PROXMOX)) {
      if (config.has(key) && !isSecret.test(key)) {
        findings.add(
            Finding.error(key, "is not encrypted")
                .remedy("encrypt it: pulumi config set --secret %s".formatted(key)));
      }
    }
    if (config.has(talos) && config.at("/starbase:cluster/kind").asText().equals("existing")) {
      findings.add(
          Finding.error(
                  talos,
                  "is only allowed with kind: talos, and starbase:cluster has kind: existing")
              .allowed("kind: talos in starbase:cluster, or no %s".formatted(talos)));
    }
    return findings;
  }
}
