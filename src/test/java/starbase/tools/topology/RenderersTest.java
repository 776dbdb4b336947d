package starbase.tools.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import starbase.dns.Audience;
import starbase.findings.Finding;
import starbase.topology.Column;
import starbase.topology.Edge;
import starbase.topology.Mermaid;
import starbase.topology.Node;
import starbase.topology.Topology;

/** A small topology in every format. That a browser draws it is proven in TopologyPageIT. */
class RenderersTest {
  private static final Topology SMALL =
      new Topology(
          List.of(
              node("client", Column.CLIENT, "LAN only", "", Audience.INTERNAL),
              node("route-shop", Column.ROUTE, "shop", "*.lab.example", Audience.EXTERNAL),
              node("pods-end", Column.PODS, "1 × <end> \"&", "x#1", Audience.EXTERNAL)),
          List.of(new Edge("client", "route-shop"), new Edge("route-shop", "pods-end")),
          List.of());
  private static final Topology WRONG =
      SMALL.marked(
          List.of(
              Finding.error("key:route-shop", "is no name").given("shop"),
              Finding.error("key:other", "is wrong | too")));

  @Test
  void mermaidHasASubgraphALayerAndEscapesItsOwnSyntax() {
    assertThat(Mermaid.of(WRONG))
        .isEqualTo(
            """
            flowchart LR
              subgraph clients
                n0["LAN only"]:::internal
              end
              subgraph apps
                n1["shop<br>#42;.lab.example<br>⚠ is no name"]:::problem
                n2["1 × #lt;end#gt; #quot;&<br>x#35;1"]:::external
              end
              n0 --> n1
              n1 --> n2
              classDef internal fill:#e7f0fb,stroke:#2b6cb0,color:#1a202c
              classDef external fill:#fdf0e0,stroke:#c05621,color:#1a202c
              classDef problem fill:#fff5f5,stroke:#c53030,stroke-width:3px,color:#742a2a
            """);
  }

  @Test
  void markdownHasTheDiagramTheRoutesAndTheProblems() {
    assertThat(Markdown.of(WRONG, "The lab"))
        .isEqualTo(
            """
            # The lab

            ```mermaid
            %s```

            | Hostnames | Reach | Address | Gateway | Listener | Certificate | Service | Pods |
            | --- | --- | --- | --- | --- | --- | --- | --- |
            | \\*.lab.example | external |  |  |  |  |  | 1 × &lt;end> "& |

            Problems:

            - key:route-shop: "shop" is no name
            - key:other: is wrong \\| too
            """
                .formatted(Mermaid.of(WRONG)));
    assertThat(Markdown.of(SMALL, "The lab")).doesNotContain("Problems");
  }

  @Test
  void theSvgIsXmlWithEveryNodeLineAndProblem() throws Exception {
    var svg = parsed(Svg.of(WRONG, "A <lab>"));

    assertThat(svg.getAttribute("aria-label")).isEqualTo("A <lab>");
    assertThat(elements(svg, "g", "node "))
        .extracting(node -> node.getAttribute("data-id") + " " + node.getAttribute("class"))
        .startsWith(
            "client node client internal",
            "route-shop node route external problem",
            "pods-end node pods external");
    assertThat(elements(svg, "path", "edge"))
        .extracting(line -> line.getAttribute("data-from") + " " + line.getAttribute("data-to"))
        .containsExactly("client route-shop", "route-shop pods-end");
    assertThat(elements(svg, "text", "said"))
        .extracting(Element::getTextContent)
        .containsExactly("1  key:route-shop: \"shop\" is no name", "2  key:other: is wrong | too");
    assertThat(elements(svg, "text", "number"))
        .extracting(Element::getTextContent)
        .containsExactly("1");
  }

  @Test
  void thePageAsksTheNetworkForNothing() {
    var page = Html.of(SMALL, "The lab");

    assertThat(page)
        .contains("<title>The lab</title>", "<td>*.lab.example</td>", "Content-Security-Policy")
        .doesNotContain("{{", "src=", "href=\"http", "url(", "@import", "fetch(");
  }

  private static Node node(
      String id, Column column, String title, String detail, Audience audience) {
    return new Node(
        id,
        column,
        title,
        detail.isEmpty() ? List.of() : List.of(detail),
        audience,
        "key:" + id,
        List.of());
  }

  private static Element parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)))
        .getDocumentElement();
  }

  private static List<Element> elements(Element root, String tag, String style) {
    var found = root.getElementsByTagName(tag);
    return java.util.stream.IntStream.range(0, found.getLength())
        .mapToObj(found::item)
        .map(Element.class::cast)
        .filter(element -> element.getAttribute("class").startsWith(style))
        .toList();
  }
}
