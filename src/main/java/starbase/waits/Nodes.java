package starbase.waits;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Nodes that take no pods, for now or any more. */
final class Nodes {
  /** Taints of nodes that are starting: of Kubernetes, of cloud providers, and of Cilium. */
  private static final Pattern STARTING = Pattern.compile("not-ready|uninitialized");

  private Nodes() {}

  /** Whether a node may still come to take pods: the scheduler does not say which ones it means. */
  static boolean areComing(ClusterReader cluster) {
    return cluster.list("v1", "Node", "").stream()
        .anyMatch(
            node ->
                StatusConditions.find(StatusConditions.of(node), "Ready")
                        .filter(condition -> !"False".equals(condition.get("status")))
                        .isEmpty()
                    || StatusConditions.maps(node.get("spec", "taints")).stream()
                        .anyMatch(
                            taint -> STARTING.matcher(StatusConditions.text(taint, "key")).find()));
  }

  /**
   * That a node has stopped answering, switched off or cut off, and since when; empty if it has
   * not.
   */
  static Optional<String> silent(GenericKubernetesResource node) {
    return StatusConditions.find(StatusConditions.of(node), "Ready")
        .filter(condition -> "Unknown".equals(condition.get("status")))
        .map(
            condition ->
                "node %s has stopped answering (since %s)"
                    .formatted(
                        node.getMetadata().getName(),
                        StatusConditions.text(condition, "lastTransitionTime")));
  }

  /** The names of all nodes that have stopped answering. */
  static Set<String> silent(ClusterReader cluster) {
    return cluster.list("v1", "Node", "").stream()
        .filter(node -> silent(node).isPresent())
        .map(node -> node.getMetadata().getName())
        .collect(Collectors.toSet());
  }
}
