package starbase.topology;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import starbase.dns.LiveAddresses;
import starbase.findings.Finding;
import starbase.stack.LabConfig;

/**
 * How requests go through a lab.
 *
 * @param nodes what they pass
 * @param edges how they go on
 * @param elsewhere problems of the lab that are no node's
 */
public record Topology(List<Node> nodes, List<Edge> edges, List<Finding> elsewhere) {
  /** The topology of a lab at these addresses. */
  public static Topology of(LabConfig lab, LiveAddresses live) {
    return TopologyBuilder.of(lab, live);
  }

  /** The same with these problems marked where they are: at the nodes of their keys. */
  public Topology marked(List<Finding> problems) {
    return ProblemMarkers.on(this, problems);
  }

  /** All problems, each once, those of nodes first. */
  public List<Finding> problems() {
    return Stream.concat(
            nodes.stream().flatMap(node -> node.problems().stream()), elsewhere.stream())
        .distinct()
        .toList();
  }

  /** The nodes of a column, in order. */
  public List<Node> in(Column column) {
    return nodes.stream().filter(node -> node.column() == column).toList();
  }

  /**
   * The nodes that a request comes through to reach that node or goes through after it, by column.
   */
  public Map<Column, List<Node>> through(Node node) {
    var ids =
        Stream.concat(
                follow(node.id(), Edge::from, Edge::to).stream(),
                follow(node.id(), Edge::to, Edge::from).stream())
            .collect(Collectors.toSet());
    return nodes.stream()
        .filter(any -> ids.contains(any.id()))
        .collect(
            Collectors.groupingBy(
                Node::column, () -> new EnumMap<>(Column.class), Collectors.toList()));
  }

  private Set<String> follow(String id, Function<Edge, String> near, Function<Edge, String> far) {
    var found = new LinkedHashSet<String>();
    var open = new ArrayDeque<>(List.of(id));
    while (!open.isEmpty()) {
      var next = open.remove();
      if (found.add(next)) {
        edges.stream().filter(edge -> near.apply(edge).equals(next)).map(far).forEach(open::add);
      }
    }
    return found;
  }
}
