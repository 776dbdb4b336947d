package starbase.topology;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import starbase.dns.Audience;
import starbase.dns.LiveAddresses;
import starbase.findings.Finding;
import starbase.net.Address;
import starbase.net.DnsLabel;
import starbase.stack.LabConfig;
import starbase.testing.SampleLab;

/** What the picture of Pulumi.lab.yaml is of. How it looks is for people to judge. */
class TopologyTest {
  private static final LabConfig LAB = SampleLab.config();
  private static final Topology TOPOLOGY = Topology.of(LAB, LAB.askedAddresses());

  @Test
  void everyRequestsWayIsThereFromClientToPods() {
    assertThat(ways())
        .containsExactlyInAnyOrder(
            "LAN only > 192.168.1.101 > gateway-internal > http :80",
            "LAN only > 192.168.1.101 > gateway-internal > https :443 > argocd-tls-secret > argocd > argocd-svc :80 > 1 × argocd",
            "LAN only > 192.168.1.103 > app-svc :8080 > 2 × app-x",
            "LAN and outside > 192.168.1.102 > gateway-external > http :80",
            "LAN and outside > 192.168.1.102 > gateway-external > https :443 > cert-starbase > homepage > homepage :3000 > 1 × homepage",
            "LAN and outside > 192.168.1.102 > gateway-external > https :443 > cert-starbase > app-x > app-svc :8080 > 2 × app-x");
  }

  @Test
  void aGatewayAtANodePortIsAtAnyNodeAndACanaryIsASecondWayOfItsRoute() {
    var idp = SampleLab.config("idp");

    assertThat(ways(Topology.of(idp, idp.askedAddresses())))
        .containsExactlyInAnyOrder(
            "LAN only > any node :30443 > idp-gateway > https :443 > idp-wildcard-tls > argocd > argocd-svc :80 > 1 × argocd",
            "LAN only > any node :30443 > idp-gateway > https :443 > idp-wildcard-tls > demo > demo :80 > 2 × demo",
            "LAN only > any node :30443 > idp-gateway > https :443 > idp-wildcard-tls > demo > demo-canary :80 > 1 × demo-canary");
  }

  @Test
  void hostnamesAreAtListenersCertificatesAndRoutes() {
    assertThat(details(Column.LISTENER))
        .containsExactly(
            "*.starbasestudio.uk, sends to https",
            "argocd.starbasestudio.uk",
            "*.starbasestudio.uk, sends to https",
            "*.starbasestudio.uk");
    assertThat(details(Column.CERTIFICATE))
        .containsExactly("argocd.starbasestudio.uk", "*.starbasestudio.uk, starbasestudio.uk");
    assertThat(details(Column.ROUTE))
        .containsExactly(
            "argocd.starbasestudio.uk",
            "home.starbasestudio.uk, homepage.starbasestudio.uk",
            "app.starbasestudio.uk");
  }

  @Test
  void whatIsBehindAnExternalGatewayIsExternal() {
    assertThat(TOPOLOGY.nodes())
        .filteredOn(node -> node.audience() == Audience.EXTERNAL)
        .extracting(Node::title)
        .contains("192.168.1.102", "gateway-external", "homepage", "app-x")
        .doesNotContain("192.168.1.101", "192.168.1.103", "gateway-internal", "argocd");
  }

  @Test
  void anAddressThatIsNotTheOneAskedForIsAProblem() {
    var live =
        new LiveAddresses(
            Map.of(new DnsLabel("gateway-internal"), Address.parse("192.168.1.110")),
            LAB.askedAddresses().services());

    assertThat(Topology.of(LAB, live).problems())
        .extracting(Finding::text)
        .containsExactly(
            "starbase:gateways.gateway-internal.address: \"192.168.1.101\" was asked for; the cluster gave 192.168.1.110",
            "starbase:gateways.gateway-external.address: \"192.168.1.102\" was asked for; the cluster gave none");
  }

  @Test
  void aProblemIsMarkedAtTheNodeOfTheNearestKey() {
    var marked =
        TOPOLOGY.marked(
            List.of(
                problem("starbase:gateways.gateway-internal.listeners[1].hostname"),
                problem("starbase:gateways.gateway-internal.namespace"),
                problem("starbase:certs.certificates.cert-starbase"),
                problem("starbase:apps.app-x.service.port"),
                problem("starbase:apps.app-x-two"),
                problem("starbase:cilium.addresses[0]")));

    assertThat(marked.nodes())
        .filteredOn(node -> !node.problems().isEmpty())
        .extracting(Node::id)
        .containsExactly(
            "service-app-x/app-svc",
            "gateway-gateway-internal",
            "listener-gateway-internal/https",
            "certificate-gateway-external/https");
    assertThat(marked.elsewhere())
        .extracting(Finding::text)
        .containsExactly(
            "starbase:apps.app-x-two: is wrong", "starbase:cilium.addresses[0]: is wrong");
  }

  private static Finding problem(String key) {
    return Finding.error(key, "is wrong");
  }

  private static List<String> details(Column column) {
    return TOPOLOGY.in(column).stream().map(node -> String.join(", ", node.details())).toList();
  }

  private static List<String> ways() {
    return ways(TOPOLOGY);
  }

  private static List<String> ways(Topology topology) {
    return topology.in(Column.CLIENT).stream()
        .flatMap(client -> waysFrom(topology, client))
        .map(way -> way.stream().map(Node::title).collect(joining(" > ")))
        .toList();
  }

  private static Stream<List<Node>> waysFrom(Topology topology, Node node) {
    var onward = topology.edges().stream().filter(edge -> edge.from().equals(node.id())).toList();
    if (onward.isEmpty()) {
      return Stream.of(List.of(node));
    }
    return onward.stream()
        .flatMap(edge -> topology.nodes().stream().filter(to -> to.id().equals(edge.to())))
        .flatMap(to -> waysFrom(topology, to))
        .map(rest -> Stream.concat(Stream.of(node), rest.stream()).toList());
  }
}
