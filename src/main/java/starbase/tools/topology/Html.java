package starbase.tools.topology;

import java.util.List;
import java.util.stream.Collectors;
import starbase.topology.Topology;

/** A topology as a page that a browser opens without network. */
public final class Html {
  private Html() {}

  /** The page. */
  public static String of(Topology topology, String title) {
    return Resource.text("page.html")
        .replace("{{title}}", Xml.escaped(title))
        .replace("{{style}}", Resource.text("page.css"))
        .replace("{{picture}}", Svg.of(topology, title))
        .replace("{{routes}}", routes(topology))
        .replace("{{script}}", Resource.text("page.js"));
  }

  private static String routes(Topology topology) {
    var head = row("th", RouteTable.HEADINGS);
    return RouteTable.of(topology).stream()
        .map(cells -> row("td", cells))
        .collect(Collectors.joining("\n", head + "\n", ""));
  }

  private static String row(String cell, List<String> texts) {
    return texts.stream()
        .map(text -> "<%s>%s</%s>".formatted(cell, Xml.escaped(text), cell))
        .collect(Collectors.joining("", "<tr>", "</tr>"));
  }
}
