package starbase.topology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A topology as a Mermaid flowchart, which GitHub and many editors draw. */
public final class Mermaid {
  private static final String STYLES =
      """
        classDef internal fill:#e7f0fb,stroke:#2b6cb0,color:#1a202c
        classDef external fill:#fdf0e0,stroke:#c05621,color:#1a202c
        classDef problem fill:#fff5f5,stroke:#c53030,stroke-width:3px,color:#742a2a
      """;

  private final Topology topology;
  private final List<String> ids;

  /** In the order of their rows: Mermaid's layout then has fewer lines to cross. */
  private Mermaid(Topology topology) {
    var rows = Grid.rows(topology);
    this.topology = topology;
    this.ids =
        topology.nodes().stream()
            .map(Node::id)
            .sorted(Comparator.comparing(id -> rows.getOrDefault(id, 0.0)))
            .toList();
  }

  /** The diagram's text. */
  public static String of(Topology topology) {
    return new Mermaid(topology).diagram();
  }

  private String diagram() {
    var lines = new ArrayList<String>();
    lines.add("flowchart LR");
    for (var layer : Lane.values()) {
      var nodes =
          topology.nodes().stream()
              .filter(node -> node.column().lane() == layer)
              .sorted(Comparator.comparing(node -> ids.indexOf(node.id())))
              .toList();
      if (!nodes.isEmpty()) {
        lines.add("  subgraph %s".formatted(layer.title()));
        nodes.forEach(node -> lines.add("    " + node(node)));
        lines.add("  end");
      }
    }
    topology.edges().stream()
        .sorted(Comparator.comparing(edge -> ids.indexOf(edge.to())))
        .map(edge -> "  %s --> %s".formatted(id(edge.from()), id(edge.to())))
        .forEach(lines::add);
    return String.join("\n", lines) + "\n" + STYLES;
  }

  private String node(Node node) {
    var text =
        Stream.of(
                Stream.of(node.title()),
                node.details().stream(),
                node.problems().stream().map(problem -> "⚠ " + problem.wrong()))
            .flatMap(part -> part)
            .map(Mermaid::escaped)
            .collect(Collectors.joining("<br>"));
    return "%s[\"%s\"]:::%s".formatted(id(node.id()), text, style(node));
  }

  private static String style(Node node) {
    return node.problems().isEmpty() ? node.audience().text() : "problem";
  }

  /** A number: Mermaid reads words, dots and dashes in an id as syntax. */
  private String id(String id) {
    return "n" + ids.indexOf(id);
  }

  /** Entities are Mermaid's way to write what is syntax to it, or to its Markdown. */
  private static String escaped(String text) {
    return text.replace("#", "#35;")
        .replace("\"", "#quot;")
        .replace("<", "#lt;")
        .replace(">", "#gt;")
        .replace("*", "#42;");
  }
}
