package starbase.cilium;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import starbase.rules.Rules;

/**
 * A requirement on one label of a node.
 *
 * @param key the label's name
 * @param operator In, NotIn, Exists or DoesNotExist
 * @param values the values, for In and NotIn
 */
public record NodeRequirementConfig(String key, String operator, Optional<List<String>> values) {
  private static final Set<String> OF_VALUES = Set.of("In", "NotIn");
  private static final Set<String> WITHOUT_VALUES = Set.of("Exists", "DoesNotExist");

  /**
   * @throws IllegalArgumentException if the operator is unknown, needs values and has none, or
   *     takes none and has some
   */
  public NodeRequirementConfig {
    boolean known = OF_VALUES.contains(operator) || WITHOUT_VALUES.contains(operator);
    boolean some = values.map(its -> !its.isEmpty()).orElse(false);
    new Rules()
        .require(known, "operator", "is not an operator", "In, NotIn, Exists or DoesNotExist")
        .require(
            !OF_VALUES.contains(operator) || some,
            "values",
            "are missing",
            "at least one for operator " + operator)
        .require(
            !WITHOUT_VALUES.contains(operator) || !some,
            "values",
            "are not allowed with operator %s".formatted(operator),
            "no values, or operator In or NotIn")
        .enforce();
  }

  /**
   * Whether a node with these labels meets it. As in Kubernetes, one without the label is NotIn.
   */
  public boolean isMetBy(Map<String, String> labels) {
    var value = Optional.ofNullable(labels.get(key));
    boolean in = value.map(values.orElse(List.of())::contains).orElse(false);
    return switch (operator) {
      case "In" -> in;
      case "NotIn" -> !in;
      case "Exists" -> value.isPresent();
      default -> value.isEmpty();
    };
  }

  @Override
  public String toString() {
    return key + " " + operator + values.map(its -> " " + String.join(", ", its)).orElse("");
  }

  Map<String, Object> expression() {
    var expression = new LinkedHashMap<String, Object>();
    expression.put("key", key);
    expression.put("operator", operator);
    values.filter(its -> !its.isEmpty()).ifPresent(its -> expression.put("values", its));
    return expression;
  }
}
