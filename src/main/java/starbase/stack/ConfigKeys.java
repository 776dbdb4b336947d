package starbase.stack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import starbase.findings.Finding;
import starbase.findings.Nearest;

/**
 * Finds keys of a configuration that were meant to be the lab's. Pulumi ignores a key of a package
 * that no program asks for, so a misspelt {@code starbse:policies} would silently switch policies
 * off.
 */
final class ConfigKeys {
  private static final String PROJECT = "starbase";

  /** Two slips of the hand. No provider of Pulumi's registry has a name this near. */
  private static final int NEAR = 2;

  private ConfigKeys() {}

  /**
   * What is wrong with the keys.
   *
   * @param config all keys of the stack
   */
  static List<Finding> check(ObjectNode config) {
    var findings = new ArrayList<Finding>();
    for (var key : (Iterable<String>) config::fieldNames) {
      int colon = key.indexOf(':');
      if (colon < 0) {
        findings.add(
            Finding.error(key, "is not a configuration key")
                .allowed(key.isEmpty() ? "package:name" : StackConfig.PREFIX + meant(key)));
      } else if (isNearlyOurs(key.substring(0, colon), key.substring(colon + 1))) {
        findings.add(
            Finding.error(key, "is not a key of this project")
                .allowed(StackConfig.PREFIX + meant(key.substring(colon + 1))));
      }
    }
    return findings;
  }

  private static boolean isNearlyOurs(String namespace, String name) {
    boolean cut = namespace.length() >= 4 && PROJECT.startsWith(namespace);
    return !namespace.equals(PROJECT)
        && (Nearest.distance(namespace, PROJECT) <= NEAR || (cut && names().contains(name)));
  }

  private static String meant(String name) {
    return Optional.of(name)
        .filter(names()::contains)
        .or(() -> Nearest.of(name, names()))
        .orElse(name);
  }

  private static List<String> names() {
    return Stream.concat(
            Stream.of(LabConfig.class.getRecordComponents()).map(RecordComponent::getName),
            Stream.of(SecretKeys.TALOS))
        .toList();
  }
}
