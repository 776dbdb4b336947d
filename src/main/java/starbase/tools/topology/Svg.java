package starbase.tools.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import starbase.findings.Finding;
import starbase.topology.Column;
import starbase.topology.Edge;
import starbase.topology.Lane;
import starbase.topology.Node;
import starbase.topology.Topology;

/** A topology as one SVG picture that needs nothing else: no font, no script, no network. */
public final class Svg {
  private static final double LEGEND = 48;
  private static final double PROBLEM_LINE = 18;

  private final Topology topology;
  private final Placement placement;
  private final List<String> lines = new ArrayList<>();

  private Svg(Topology topology) {
    this.topology = topology;
    this.placement = Placement.of(topology);
  }

  /**
   * The picture.
   *
   * @param title what it shows, for those who can't see it
   */
  public static String of(Topology topology, String title) {
    return new Svg(topology).draw(title);
  }

  private String draw(String title) {
    var problems = topology.problems();
    double height = placement.height() + LEGEND + problems.size() * PROBLEM_LINE;
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" height=\"%.0f\" role=\"img\" aria-label=\"%s\">",
        placement.width(), height, placement.width(), height, Xml.escaped(title));
    add("<title>%s</title>", Xml.escaped(title));
    add("<style>%s</style>", Resource.text("picture.css"));
    placement.layers().forEach(this::layer);
    placement.columns().forEach(this::column);
    topology.edges().forEach(this::edge);
    topology.nodes().forEach(this::node);
    legend();
    for (int i = 0; i < problems.size(); i++) {
      text(
          "said",
          14,
          placement.height() + LEGEND + i * PROBLEM_LINE,
          "%d  %s".formatted(i + 1, problems.get(i).text()));
    }
    add("</svg>");
    return String.join("\n", lines) + "\n";
  }

  private void layer(Lane layer, Box box) {
    add("<g class=\"layer\"><rect %s rx=\"10\"/>", sides(box));
    text("name", box.x() + 12, 26, layer.title());
    text("question", box.x() + 12, 44, layer.question());
    add("</g>");
  }

  private void column(Column column, Box box) {
    if (column.lane() != Lane.CLIENTS) {
      text("column", box.x(), Placement.HEADINGS - 10, column.title());
    }
  }

  /** Along the row it starts in until the last gap, where it bends to the row it ends in. */
  private void edge(Edge edge) {
    var from = placement.box(edge.from());
    var to = placement.box(edge.to());
    double bend = to.x() - Placement.GAP;
    double middle = to.x() - Placement.GAP / 2;
    add(
        "<path class=\"edge %s\" data-from=\"%s\" data-to=\"%s\" d=\"M%.1f %.1f H%.1f C%.1f %.1f %.1f %.1f %.1f %.1f\"/>",
        audience(edge.from()),
        Xml.escaped(edge.from()),
        Xml.escaped(edge.to()),
        from.right(),
        from.middle(),
        bend,
        middle,
        from.middle(),
        middle,
        to.middle(),
        to.x() - 5,
        to.middle());
    add(
        "<path class=\"tip %s\" data-from=\"%s\" data-to=\"%s\" d=\"M%.1f %.1f l-7 -4 v8 z\"/>",
        audience(edge.from()),
        Xml.escaped(edge.from()),
        Xml.escaped(edge.to()),
        to.x(),
        to.middle());
  }

  private void node(Node node) {
    var box = placement.box(node.id());
    add(
        "<g class=\"node %s %s%s\" data-id=\"%s\" tabindex=\"0\">",
        node.column().name().toLowerCase(Locale.ROOT),
        node.audience().text(),
        node.problems().isEmpty() ? "" : " problem",
        Xml.escaped(node.id()));
    add("<title>%s</title>", Xml.escaped(hint(node)));
    add("<rect %s rx=\"6\"/>", sides(box));
    text("title", box.x() + TextMetrics.INSET, box.y() + TextMetrics.base(0), node.title());
    for (int i = 0; i < node.details().size(); i++) {
      text(
          "detail",
          box.x() + TextMetrics.INSET,
          box.y() + TextMetrics.base(i + 1),
          node.details().get(i));
    }
    if (!node.problems().isEmpty()) {
      add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"10\"/>", box.right() - 2, box.y() + 2);
      text("number", box.right() - 2, box.y() + 6, numbers(node));
    }
    add("</g>");
  }

  private void legend() {
    double y = placement.height() + 22;
    double x = 14;
    for (var sort :
        List.of(
            List.of("internal", "for the LAN only"),
            List.of("external", "for outside too"),
            List.of("internal problem", "has a problem"))) {
      add("<g class=\"node legend %s\">", sort.get(0));
      add("<rect x=\"%.1f\" y=\"%.1f\" width=\"18\" height=\"12\" rx=\"3\"/></g>", x, y - 10);
      text("question", x + 26, y, sort.get(1));
      x += 150;
    }
  }

  /** The numbers that a node's problems have in the list below the picture. */
  private String numbers(Node node) {
    return node.problems().stream()
        .map(problem -> String.valueOf(topology.problems().indexOf(problem) + 1))
        .collect(Collectors.joining(","));
  }

  private static String hint(Node node) {
    return Stream.of(
            Stream.of(node.title()),
            node.details().stream(),
            node.problems().stream().map(Finding::text),
            Stream.of(node.key()))
        .flatMap(part -> part)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private String audience(String id) {
    return topology.nodes().stream()
        .filter(node -> node.id().equals(id))
        .map(node -> node.audience().text())
        .findFirst()
        .orElse("");
  }

  private void text(String style, double x, double y, String text) {
    add("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", style, x, y, Xml.escaped(text));
  }

  private static String sides(Box box) {
    return String.format(
        Locale.ROOT,
        "x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"",
        box.x(),
        box.y(),
        box.width(),
        box.height());
  }

  private void add(String line, Object... values) {
    lines.add(String.format(Locale.ROOT, line, values));
  }
}
