package starbase.tools.topology;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Stream;
import starbase.topology.Mermaid;
import starbase.topology.Topology;

/** A topology as Markdown: the Mermaid diagram, a table of the routes, and the problems. */
public final class Markdown {
  private Markdown() {}

  /** The page. */
  public static String of(Topology topology, String title) {
    var separator = RouteTable.HEADINGS.stream().map(heading -> "---").toList();
    var table =
        Stream.concat(Stream.of(RouteTable.HEADINGS, separator), RouteTable.of(topology).stream())
            .map(Markdown::row)
            .collect(joining());
    return "# %s\n\n```mermaid\n%s```\n\n%s%s"
        .formatted(title, Mermaid.of(topology), table, problems(topology));
  }

  private static String problems(Topology topology) {
    var all =
        topology.problems().stream()
            .map(problem -> "- " + escaped(problem.text()) + "\n")
            .collect(joining());
    return all.isEmpty() ? "" : "\nProblems:\n\n" + all;
  }

  private static String row(List<String> cells) {
    return cells.stream().map(Markdown::escaped).collect(joining(" | ", "| ", " |\n"));
  }

  private static String escaped(String text) {
    return text.replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;");
  }
}
