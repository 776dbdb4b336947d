package starbase.topology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import starbase.findings.Finding;

/** Puts problems at the nodes that they are of. */
final class ProblemMarkers {
  private ProblemMarkers() {}

  /** A problem belongs to the node whose key is the nearest above its own, or is the same. */
  static Topology on(Topology topology, List<Finding> problems) {
    var nodes = new ArrayList<>(topology.nodes());
    var elsewhere = new ArrayList<>(topology.elsewhere());
    for (var problem : problems) {
      var owner = owner(nodes, problem);
      if (owner.isEmpty()) {
        elsewhere.add(problem);
      } else {
        nodes.replaceAll(node -> node.key().equals(owner.get().key()) ? node.with(problem) : node);
      }
    }
    return new Topology(List.copyOf(nodes), topology.edges(), List.copyOf(elsewhere));
  }

  private static Optional<Node> owner(List<Node> nodes, Finding problem) {
    return nodes.stream()
        .filter(node -> !node.key().isEmpty() && isAtOrBelow(problem.key(), node.key()))
        .max(Comparator.comparingInt(node -> node.key().length()));
  }

  private static boolean isAtOrBelow(String key, String above) {
    return key.equals(above) || key.startsWith(above + ".") || key.startsWith(above + "[");
  }
}
