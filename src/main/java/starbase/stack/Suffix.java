package starbase.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import starbase.findings.Finding;
import starbase.machines.Role;
import starbase.net.Address;
import starbase.net.Hostname;
import starbase.stack.binding.Encrypted;

/**
 * The end of the lab's hostnames, which texts of the stack file name as {@code ${suffix}}: the one
 * that the file gives, else one that public DNS resolves to a node of the lab (https://nip.io).
 */
final class Suffix {
  private static final String PLACEHOLDER = "${suffix}";
  private static final String KEY = "suffix";

  /** Takes its place where there is none, so that nothing but its absence is said. */
  private static final String UNKNOWN = "suffix.invalid";

  private Suffix() {}

  /**
   * Puts the suffix wherever the tree names it, and at the tree's own key.
   *
   * @return what is wrong with the suffix itself
   */
  static List<Finding> expand(ObjectNode lab) {
    var given = Optional.ofNullable(lab.get(KEY)).flatMap(Suffix::domain);
    var found = given.or(() -> computed(lab));
    if (lab.has(KEY)) {
      var itself = lab.path(KEY).asText();
      replace(lab, itself.contains(PLACEHOLDER) ? UNKNOWN : found.orElse(UNKNOWN));
      return refused(itself);
    }
    if (!names(lab)) {
      return List.of();
    }
    replace(lab, found.orElse(UNKNOWN));
    lab.put(KEY, found.orElse(UNKNOWN));
    return found.isPresent()
        ? List.of()
        : List.of(
            Finding.error(
                    StackConfig.PREFIX + KEY,
                    "is missing: values contain %s, and there is no machine to derive it from"
                        .formatted(PLACEHOLDER))
                .allowed("a domain, such as lab.example; or machines in starbase:machines"));
  }

  private static List<Finding> refused(String text) {
    if (text.contains(PLACEHOLDER)) {
      return List.of(
          Finding.error(
                  StackConfig.PREFIX + KEY, "contains %s, which is this key".formatted(PLACEHOLDER))
              .given(text)
              .allowed("a domain, such as lab.example; or the key left out"));
    }
    return text.startsWith("*.")
        ? List.of(
            Finding.error(StackConfig.PREFIX + KEY, "is a wildcard")
                .given(text)
                .allowed("a domain, such as lab.example"))
        : List.of();
  }

  private static Optional<String> domain(JsonNode node) {
    try {
      return node.isTextual() && !new Hostname(node.textValue()).isWildcard()
          ? Optional.of(node.textValue())
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // said where the key is read
    }
  }

  /**
   * Of the first worker, else of the first control plane: that with the lowest address, as maps
   * have no order of their own by the time they arrive here.
   */
  private static Optional<String> computed(ObjectNode lab) {
    return Stream.of(Role.WORKER, Role.CONTROL_PLANE)
        .flatMap(role -> addresses(lab.path("machines"), role).min(Address::compareTo).stream())
        .findFirst()
        .map(address -> address.toString().replace('.', '-') + ".nip.io");
  }

  private static Stream<Address> addresses(JsonNode machines, Role role) {
    return StreamSupport.stream(machines.spliterator(), false)
        .filter(machine -> machine.path("role").asText().equals(role.toString()))
        .flatMap(machine -> address(machine.path("address")).stream());
  }

  private static Optional<Address> address(JsonNode node) {
    try {
      return Optional.of(Address.parse(node.asText()));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // said where the machine is read
    }
  }

  private static boolean names(JsonNode node) {
    if (Encrypted.is(node)) {
      return false;
    }
    if (node.isTextual()) {
      return node.textValue().contains(PLACEHOLDER);
    }
    for (var below : node) {
      if (names(below)) {
        return true;
      }
    }
    return false;
  }

  /** A secret stays as it is: a stack file does not show what it names. */
  private static void replace(JsonNode node, String suffix) {
    if (Encrypted.is(node)) {
      return;
    }
    if (node instanceof ObjectNode map) {
      map.properties()
          .forEach(entry -> map.set(entry.getKey(), replaced(entry.getValue(), suffix)));
    } else if (node instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        list.set(i, replaced(list.get(i), suffix));
      }
    }
  }

  private static JsonNode replaced(JsonNode node, String suffix) {
    if (node.isTextual()) {
      return TextNode.valueOf(node.textValue().replace(PLACEHOLDER, suffix));
    }
    replace(node, suffix);
    return node;
  }
}
