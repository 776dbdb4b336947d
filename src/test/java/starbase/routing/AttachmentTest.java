package starbase.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import starbase.apps.AppsPlan;
import starbase.cilium.CiliumPlan;
import starbase.dns.DnsRecords;
import starbase.gateways.GatewaysPlan;
import starbase.kubernetes.Planned;
import starbase.net.DnsLabel;
import starbase.stack.LabConfig;
import starbase.stack.StackFile;
import starbase.testing.StackYaml;
import starbase.tools.doctor.PlannedPage;
import starbase.topology.Topology;

/** Which listeners applications attach to, and what follows from that elsewhere. */
class AttachmentTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  private final StackYaml stack =
      new StackYaml()
          .set("/starbase:apps", tree("{}"))
          .set(
              "/starbase:certs/certificates/second",
              tree("{commonName: example.org, dnsNames: ['*.example.org']}"))
          .set(
              "/starbase:gateways",
              tree(
                  """
              outside:
                namespace: gateway
                address: 192.168.1.102
                listeners:
                  - {name: http, port: 80, hostname: "*.starbasestudio.uk"}
                  - {name: wildcard, port: 443, hostname: "*.starbasestudio.uk", certificate: cert-starbase}
                  - {name: apex, port: 443, hostname: starbasestudio.uk, certificate: cert-starbase}
                  - {name: second, port: 443, hostname: "*.example.org", certificate: second}
                  - {name: argocd, port: 443, hostname: argocd.starbasestudio.uk, certificate: argocd-tls-secret}
                  - {name: other-port, port: 8443, hostname: "*.example.org", certificate: second}
                  - {name: postgres, port: 5432, protocol: TCP}
              inside:
                namespace: gateway
                address: 192.168.1.101
                redirectToHttps: false
                listeners:
                  - {name: http, port: 80, hostname: "*.starbasestudio.uk"}
                  - {name: https, port: 443, hostname: "*.starbasestudio.uk", certificate: cert-starbase}
              """))
          .set("/starbase:dns/external", tree("[outside]"));

  @Test
  void eachHostnameGoesToTheMostSpecificListenerThatTakesItAtEachPort() {
    app(
        "gateway: outside, hostnames: [starbasestudio.uk, argocd.starbasestudio.uk, a.example.org]");
    assertThat(parents())
        .containsExactly("outside/apex", "outside/second", "outside/argocd", "outside/other-port");
    assertThat(urls())
        .containsExactly(
            "https://starbasestudio.uk/",
            "https://argocd.starbasestudio.uk/",
            "http://argocd.starbasestudio.uk/",
            "https://a.example.org/",
            "https://a.example.org:8443/");
  }

  @Test
  void aWildcardGoesToTheListenerThatTakesAllOfItAndElseToThoseThatTakeSome() {
    app("gateway: outside, hostnames: ['*.starbasestudio.uk']");
    assertThat(parents()).containsExactly("outside/wildcard");
    stack.set("/starbase:gateways/outside/listeners/1/hostname", tree("home.starbasestudio.uk"));
    assertThat(parents()).containsExactly("outside/wildcard", "outside/argocd");
  }

  @Test
  void listenersThatAreNamedAreThoseAndNoOther() {
    app("gateway: outside, listeners: [other-port], hostnames: [a.example.org]");
    assertThat(parents()).containsExactly("outside/other-port");
    assertThat(urls()).containsExactly("https://a.example.org:8443/");
  }

  @Test
  void plainHttpIsForThoseWhoNameIt() {
    app("gateway: inside, listeners: [http], hostnames: [a.starbasestudio.uk]");
    assertThat(parents()).containsExactly("inside/http");
    assertThat(urls()).containsExactly("http://a.starbasestudio.uk/");
  }

  @Test
  void anApplicationAtTwoGatewaysHasARecordAtEachAddress() {
    app("gateways: {inside: {}, outside: {}}, hostnames: [a.starbasestudio.uk, starbasestudio.uk]");
    assertThat(parents()).containsExactly("inside/https", "outside/wildcard", "outside/apex");
    assertThat(records())
        .containsExactly(
            "a.starbasestudio.uk 192.168.1.101 internal",
            "a.starbasestudio.uk 192.168.1.102 external",
            "starbasestudio.uk 192.168.1.102 external");
    assertThat(Topology.of(lab(), lab().askedAddresses()).edges())
        .extracting(edge -> edge.from() + " > " + edge.to())
        .contains(
            "certificate-inside/https > route-app",
            "certificate-outside/wildcard > route-app",
            "certificate-outside/apex > route-app");
  }

  @Test
  void aGatewayAsAWholeIsAReferenceWithoutASection() {
    app("gateways: {inside: {allListeners: true}}, hostnames: [a.starbasestudio.uk]");
    assertThat(parents()).containsExactly("inside/");
    assertThat(urls())
        .containsExactly("http://a.starbasestudio.uk/", "https://a.starbasestudio.uk/");
  }

  @Test
  void tcpHasANameForClientsAndNoneInItsRoute() {
    app("gateway: outside, hostnames: [db.starbasestudio.uk], route: {kind: tcp}");
    assertThat(parents()).containsExactly("outside/postgres");
    assertThat(spec(routes().get(0)).containsKey("hostnames")).isFalse();
    assertThat(routes().get(0).object().apiVersion()).isEqualTo("gateway.networking.k8s.io/v1");
    assertThat(routes().get(0).object().kind()).isEqualTo("TCPRoute");
    assertThat(records()).containsExactly("db.starbasestudio.uk 192.168.1.102 external");
    assertThat(PlannedPage.of(lab()))
        .singleElement()
        .satisfies(
            page -> {
              assertThat(page.url()).startsWith("tcp://db.starbasestudio.uk:5432");
              assertThat(page.notAsked()).hasValue("it speaks TCP");
            });
  }

  @Test
  void labelsAndAnnotationsAreThoseOfTheGatewayAndOfTheRoute() {
    app(
        "gateway: inside, hostnames: [a.starbasestudio.uk], metadata: {labels: {public: 'no'}, annotations: {example.com/ttl: '60'}}");
    stack.set(
        "/starbase:gateways/inside/metadata",
        tree("{annotations: {example.com/target: 203.0.113.7}}"));
    assertThat(routes().get(0).object().metadata())
        .containsEntry("labels", Map.of("public", "no"))
        .containsEntry("annotations", Map.of("example.com/ttl", "60"));
    assertThat(GatewaysPlan.objects(lab().gateways()))
        .filteredOn(its -> its.object().name().equals("inside"))
        .singleElement()
        .satisfies(
            its ->
                assertThat(its.object().metadata())
                    .containsEntry("annotations", Map.of("example.com/target", "203.0.113.7")));
  }

  @Test
  void nodesThatAnnounceAreChosenAndNoneOfThemIsAboutToLeave() {
    stack.set(
        "/starbase:cilium/announcingNodes",
        tree("{matchLabels: {zone: a}, matchExpressions: [{key: b, operator: In, values: [c]}]}"));
    assertThat(CiliumPlan.objects(lab().cilium()))
        .filteredOn(its -> its.object().kind().equals("CiliumL2AnnouncementPolicy"))
        .singleElement()
        .satisfies(
            its ->
                assertThat(spec(its).get("nodeSelector"))
                    .isEqualTo(
                        Map.of(
                            "matchLabels",
                            Map.of("zone", "a"),
                            "matchExpressions",
                            List.of(
                                Map.of("key", "b", "operator", "In", "values", List.of("c")),
                                Map.of("key", "starbase/leaving", "operator", "DoesNotExist")))));
  }

  private void app(String its) {
    stack.set(
        "/starbase:apps/app",
        tree("{namespace: app-x, service: {name: app, port: 80}, " + its + "}"));
  }

  private LabConfig lab() {
    return StackFile.parse(stack.text()).checked().lab();
  }

  private List<Planned> routes() {
    return AppsPlan.routes(lab().apps(), Attachment.parents(lab().apps(), lab().gateways()));
  }

  private List<String> parents() {
    return Attachment.parents(lab().apps(), lab().gateways())
        .getOrDefault(new DnsLabel("app"), List.of())
        .stream()
        .map(its -> its.gateway() + "/" + its.listener().map(DnsLabel::text).orElse(""))
        .toList();
  }

  private List<String> urls() {
    return PlannedPage.of(lab()).stream().map(PlannedPage::url).toList();
  }

  private List<String> records() {
    return DnsRecords.of(
            lab().dns().orElseThrow(), lab().apps(), lab().gateways(), lab().askedAddresses())
        .all()
        .stream()
        .map(its -> "%s %s %s".formatted(its.name(), its.address(), its.audience().text()))
        .toList();
  }

  private static Map<?, ?> spec(Planned planned) {
    return (Map<?, ?>) planned.object().tree().get("spec");
  }

  private static JsonNode tree(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
