package starbase.tools.topology;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import starbase.topology.Column;
import starbase.topology.Grid;
import starbase.topology.Lane;
import starbase.topology.Topology;

/**
 * Where everything is in the picture, in pixels.
 *
 * @param nodes by the node's id
 * @param columns each column's strip, from top to bottom
 * @param layers each layer's band: its columns and a margin
 * @param width the whole picture's
 * @param height the whole picture's, without what is written below it
 */
record Placement(
    Map<String, Box> nodes,
    Map<Column, Box> columns,
    Map<Lane, Box> layers,
    double width,
    double height) {
  /** Between two columns: room for lines to climb. */
  static final double GAP = 46;

  /** The headings above the nodes. */
  static final double HEADINGS = 84;

  private static final double MARGIN = 12;
  private static final double ROW_GAP = 18;

  static Placement of(Topology topology) {
    var rows = Grid.rows(topology);
    var lastRow = rows.values().stream().mapToDouble(row -> row).max().orElse(0);
    var rowHeight =
        topology.nodes().stream().mapToDouble(TextMetrics::height).max().orElse(0) + ROW_GAP;
    var height = HEADINGS + (lastRow + 1) * rowHeight + MARGIN;
    var columns = columns(topology, height);
    var nodes = new LinkedHashMap<String, Box>();
    for (var node : topology.nodes()) {
      var column = Objects.requireNonNull(columns.get(node.column()));
      var own = TextMetrics.height(node);
      var middle = HEADINGS + (rows.getOrDefault(node.id(), 0.0) + 0.5) * rowHeight;
      nodes.put(node.id(), new Box(column.x(), middle - own / 2, column.width(), own));
    }
    var width = Objects.requireNonNull(columns.get(Column.PODS)).right() + MARGIN;
    return new Placement(nodes, columns, layers(columns), width, height);
  }

  /** The box of a node of this topology. */
  Box box(String id) {
    return Objects.requireNonNull(nodes.get(id), id);
  }

  private static Map<Column, Box> columns(Topology topology, double height) {
    var columns = new EnumMap<Column, Box>(Column.class);
    double x = MARGIN;
    for (var column : Column.values()) {
      double width =
          Stream.concat(
                  topology.in(column).stream().map(TextMetrics::width),
                  Stream.of(TextMetrics.width(column)))
              .mapToDouble(its -> its)
              .max()
              .orElse(0);
      columns.put(column, new Box(x, 0, width, height));
      x += width + GAP;
    }
    return columns;
  }

  private static Map<Lane, Box> layers(Map<Column, Box> columns) {
    var layers = new EnumMap<Lane, Box>(Lane.class);
    for (var layer : Lane.values()) {
      List<Box> its =
          columns.entrySet().stream()
              .filter(column -> column.getKey().lane() == layer)
              .map(Map.Entry::getValue)
              .toList();
      var first = its.get(0);
      var last = its.get(its.size() - 1);
      layers.put(
          layer,
          new Box(first.x() - MARGIN, 0, last.right() - first.x() + 2 * MARGIN, first.height()));
    }
    return layers;
  }
}
