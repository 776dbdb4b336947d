package starbase.topology;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row for each node, so that lines hardly cross. Columns are the nodes' own.
 *
 * <p>Nearly all nodes have one line in, so the picture is that of a tree: what goes on to nothing
 * takes the next row, all else the middle of what it goes on to. A node with a second line in stays
 * where the first put it, and a node whose only line goes to such a one has a row to itself, along
 * which the line runs free.
 */
public final class Grid {
  private final Map<String, List<String>> after = new HashMap<>();
  private final Map<String, Double> rows = new LinkedHashMap<>();
  private int next;

  private Grid(Topology topology) {
    for (var node : topology.nodes()) {
      after.put(
          node.id(),
          topology.edges().stream()
              .filter(edge -> edge.from().equals(node.id()))
              .map(Edge::to)
              .toList());
    }
  }

  /** The row of each node, by its id; the first is 0, and a half is between two. */
  public static Map<String, Double> rows(Topology topology) {
    var grid = new Grid(topology);
    // What is for outside comes first, and leaves the LAN's own addresses of its Services below it.
    topology.nodes().stream()
        .filter(node -> topology.edges().stream().noneMatch(edge -> edge.to().equals(node.id())))
        .sorted(
            Comparator.comparing(Node::column)
                .thenComparing(Node::audience, Comparator.reverseOrder()))
        .forEach(node -> grid.place(node.id()));
    return grid.rows;
  }

  private double place(String id) {
    var onward = after.getOrDefault(id, List.of()).stream().filter(to -> !rows.containsKey(to));
    var placed = onward.mapToDouble(this::place).summaryStatistics();
    double row = placed.getCount() == 0 ? next++ : (placed.getMin() + placed.getMax()) / 2;
    rows.put(id, row);
    return row;
  }
}
