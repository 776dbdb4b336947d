package starbase.cilium;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import starbase.rules.Rules;

/**
 * Which nodes, by their labels: those that fit all that is said, as in Kubernetes.
 *
 * @param matchLabels labels with their values
 * @param matchExpressions what else has to hold of labels
 */
public record NodeSelectorConfig(
    Optional<Map<String, String>> matchLabels,
    Optional<List<NodeRequirementConfig>> matchExpressions) {
  /**
   * @throws IllegalArgumentException if nothing is said
   */
  public NodeSelectorConfig {
    new Rules()
        .require(
            matchLabels.map(its -> !its.isEmpty()).orElse(false)
                || matchExpressions.map(its -> !its.isEmpty()).orElse(false),
            "",
            "says nothing",
            "matchLabels or matchExpressions; left out for all nodes")
        .enforce();
  }

  /** Its expressions and one more, as Kubernetes has them. */
  List<Map<String, Object>> and(Map<String, Object> further) {
    return Stream.concat(
            matchExpressions.orElse(List.of()).stream().map(NodeRequirementConfig::expression),
            Stream.of(further))
        .toList();
  }
}
