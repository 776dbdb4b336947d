package starbase.tools.topology;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Stream;
import starbase.topology.Column;
import starbase.topology.Node;
import starbase.topology.Topology;

/** A topology as a table: a row for each route with what it passes. */
final class RouteTable {
  static final List<String> HEADINGS =
      List.of(
          "Hostnames", "Reach", "Address", "Gateway", "Listener", "Certificate", "Service", "Pods");

  private RouteTable() {}

  static List<List<String>> of(Topology topology) {
    return topology.in(Column.ROUTE).stream().map(route -> row(topology, route)).toList();
  }

  private static List<String> row(Topology topology, Node route) {
    var through = topology.through(route);
    return Stream.concat(
            Stream.of(String.join(", ", route.details()), route.audience().text()),
            Stream.of(
                    Column.ADDRESS,
                    Column.GATEWAY,
                    Column.LISTENER,
                    Column.CERTIFICATE,
                    Column.SERVICE,
                    Column.PODS)
                .map(
                    column ->
                        through.getOrDefault(column, List.of()).stream()
                            .map(Node::title)
                            .collect(joining(", "))))
        .toList();
  }
}
