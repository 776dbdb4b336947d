package starbase.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import starbase.findings.Finding;
import starbase.machines.Role;

/**
 * Stack files of earlier releases, which had each node in two places: its address in
 * starbase:cluster.plan and its hardware in starbase:proxmox.machines.
 */
final class FormerShape {
  private static final List<String> FORMER =
      List.of("/cluster/plan/controlPlanes", "/cluster/plan/workers", "/proxmox/machines");

  /** What YAML takes for a text or a number as it is, also between braces. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9._/+]*");

  private FormerShape() {}

  /** One finding that shows the file's own machines in the shape of today; none for such a file. */
  static Optional<Finding> of(ObjectNode lab) {
    return FORMER.stream()
        .filter(pointer -> !lab.at(pointer).isMissingNode())
        .findFirst()
        .map(
            pointer ->
                Finding.error(
                        StackConfig.PREFIX + pointer.substring(1).replace('/', '.'),
                        "is the form of earlier releases; each node now has one entry")
                    .allowed("in its place\n" + today(lab)));
  }

  private static String today(ObjectNode lab) {
    var lines = new ArrayList<String>(List.of("  starbase:machines:"));
    for (var name : names(lab)) {
      var machine = JsonNodeFactory.instance.objectNode();
      role(lab, name)
          .ifPresent(
              role -> {
                machine.put("role", role.toString());
                machine.set("address", lab.at(pointer(role)).path(name));
              });
      lab.at("/proxmox/machines")
          .path(name)
          .properties()
          .forEach(entry -> machine.set(entry.getKey(), entry.getValue()));
      lines.add("    %s: %s".formatted(name, flow(machine)));
    }
    return String.join("\n", lines);
  }

  private static Set<String> names(ObjectNode lab) {
    var names = new LinkedHashSet<String>();
    FORMER.forEach(pointer -> lab.at(pointer).fieldNames().forEachRemaining(names::add));
    return names;
  }

  private static Optional<Role> role(ObjectNode lab, String name) {
    return List.of(Role.values()).stream()
        .filter(role -> lab.at(pointer(role)).has(name))
        .findFirst();
  }

  private static String pointer(Role role) {
    return FORMER.get(role.ordinal());
  }

  private static String flow(JsonNode node) {
    if (node instanceof ObjectNode map) {
      return map.properties().stream()
          .map(entry -> entry.getKey() + ": " + flow(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return node.isTextual() && PLAIN.matcher(node.textValue()).matches()
        ? node.textValue()
        : node.toString();
  }
}
