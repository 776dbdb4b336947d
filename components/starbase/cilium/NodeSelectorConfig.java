package starbase.cilium;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import starbase.rules.Rules;

/**
 * Selects nodes by label. As in Kubernetes, a node must meet all requirements.
 *
 * @param matchLabels labels with their values
 * @param matchExpressions further requirements on labels
 */
public record NodeSelectorConfig(
    Optional<Map<String, String>> matchLabels,
    Optional<List<NodeRequirementConfig>> matchExpressions) {
  /**
   * @throws IllegalArgumentException if both are empty
   */
  public NodeSelectorConfig {
    new Rules()
        .require(
            matchLabels.map(its -> !its.isEmpty()).orElse(false)
                || matchExpressions.map(its -> !its.isEmpty()).orElse(false),
            "",
            "is empty",
            "matchLabels or matchExpressions; leave it out for all nodes")
        .enforce();
  }

  /** Whether it selects a node with these labels. */
  public boolean selects(Map<String, String> labels) {
    return labels.entrySet().containsAll(matchLabels.orElse(Map.of()).entrySet())
        && matchExpressions.orElse(List.of()).stream().allMatch(its -> its.isMetBy(labels));
  }

  /** Its expressions and one more, as Kubernetes has them. */
  List<Map<String, Object>> and(Map<String, Object> further) {
    return Stream.concat(
            matchExpressions.orElse(List.of()).stream().map(NodeRequirementConfig::expression),
            Stream.of(further))
        .toList();
  }
}
