package starbase.tools.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.pulumi.exceptions.RunException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** By plain HTTP: not that the certificate step judges as it should. */
class DoctorTest {
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
  private static final YAMLMapper YAML = new YAMLMapper();

  static {
    YAML.registerModule(new JavaTimeModule());
  }

  private String gateway =
      """
      metadata: {namespace: gateway, name: external}
      spec:
        gatewayClassName: cilium
        addresses: [{value: 192.168.1.102}]
        listeners: [{name: http, port: 80, protocol: HTTP, hostname: "*.example.org"}]
      status:
        addresses: [{value: 192.168.1.102}]
        conditions: [{type: Accepted, status: "True"}, {type: Programmed, status: "True"}]
        listeners:
          - name: http
            conditions:
              - {type: Accepted, status: "True"}
              - {type: Programmed, status: "True"}
              - {type: ResolvedRefs, status: "True"}
      """;
  private String route =
      """
      metadata: {namespace: home, name: home, generation: 2}
      spec:
        hostnames: [home.example.org]
        parentRefs: [{name: external, namespace: gateway, sectionName: http}]
        rules: [{backendRefs: [{name: home, port: 3000}]}]
      status:
        parents:
          - parentRef: {name: external, namespace: gateway, sectionName: http}
            conditions:
              - {type: Accepted, status: "True", observedGeneration: 2}
              - {type: ResolvedRefs, status: "True", observedGeneration: 2}
      """;
  private String lease =
      """
      metadata: {namespace: kube-system, name: cilium-l2announce-gateway-cilium-gateway-external}
      spec: {holderIdentity: w1, leaseDurationSeconds: 15, renewTime: "2026-11-21T11:59:55.000000Z"}
      """;
  private String node =
      "{metadata: {name: w1}, status: {conditions: [{type: Ready, status: 'True'}]}}";
  private String service =
      "{metadata: {namespace: home, name: home}, spec: {ports: [{port: 3000}]}}";
  private String made =
      "{metadata: {namespace: gateway, name: cilium-gateway-external}, spec: {type: LoadBalancer}}";
  private String asked = "http://home.example.org";
  private String slice =
      """
      metadata: {namespace: home, name: home-1, labels: {kubernetes.io/service-name: home}}
      endpoints: [{addresses: [10.244.1.2], conditions: {ready: true}}]
      """;
  private List<String> pools =
      List.of(
          "{spec: {blocks: [{cidr: 192.168.9.0/24}, {start: 192.168.1.100, stop: 192.168.1.110}]}}");
  private List<String> announcements = List.of("{metadata: {name: starbase}}");
  private Lookup lookup = name -> List.of("192.168.1.102");
  private Request request =
      (address, target, trusted) -> new Request.Answer(200, Duration.ofMillis(7));

  @Test
  void aHealthyHostIsFollowedToItsAnswer() {
    var found = examine();

    assertThat(found.healthy()).isTrue();
    assertThat(found.text())
        .isEqualTo(
            """
            STEP         LAYER     IS  SEEN
            dns          dns       ok  home.example.org is 192.168.1.102
            address      cilium    ok  192.168.1.102 is announced by node w1
            gateway      gateways  ok  Gateway gateway/external is Accepted and Programmed
            listener     gateways  ok  http (HTTP at port 80, hostname *.example.org) takes home.example.org
            certificate  certs     ok  none: plain HTTP
            route        apps      ok  HTTPRoute home/home is Accepted, its references are resolved
            service      apps      ok  Service home/home:3000
            endpoints    apps      ok  1 of 1 ready behind home/home
            request      apps      ok  200 after 7 ms
            """);
  }

  @Test
  void aGatewayAtANodePortIsFollowedThroughItsNodes() {
    atNodes();
    asked = "http://home.example.org:30080";

    assertThat(examine().text())
        .startsWith(
            """
            STEP         LAYER     IS  SEEN
            dns          dns       ok  home.example.org is 192.168.1.21
            address      cilium    ok  192.168.1.21: nodes' own
            gateway      gateways  ok  Gateway gateway/external is Accepted and Programmed
            listener     gateways  ok  http (HTTP at port 30080, hostname *.example.org) takes home.example.org
            """)
        .endsWith("request      apps      ok  200 after 7 ms\n");
  }

  @Test
  void whoForgetsTheNodePortIsToldIt() {
    atNodes();
    ends("listener", "gateways", "it has http (HTTP at port 30080, hostname *.example.org)");
  }

  @Test
  void onTheHostsNetworkTheListenersOwnPortCounts() {
    atNodes();
    gateway = gateway.replace("cilium-nodeport", "cilium");

    assertThat(examine().healthy()).isTrue();
  }

  @Test
  void nodesOfWhichNoneIsReadyAreCiliums() {
    atNodes();
    node = node.replace("'True'", "'False'");
    ends("address", "cilium", "is at its nodes, 192.168.1.11, 192.168.1.21, and none of them is");
  }

  private void atNodes() {
    gateway =
        gateway
            .replace("gatewayClassName: cilium", "gatewayClassName: cilium-nodeport")
            .replace("  addresses: [{value: 192.168.1.102}]\n  listeners", "  listeners")
            .replace("[{value: 192.168.1.102}]", "[{value: 192.168.1.11}, {value: 192.168.1.21}]");
    node = node.replace("{conditions", "{addresses: [{address: 192.168.1.21}], conditions");
    made =
        """
        metadata: {namespace: gateway, name: cilium-gateway-external}
        spec: {type: NodePort, ports: [{port: 80, nodePort: 30080}]}
        """;
    lookup = name -> List.of("192.168.1.21");
  }

  @Test
  void theFirstBrokenStepEndsTheWayAndIsExplained() {
    slice = slice.replace("ready: true", "ready: false");

    assertThat(examine().text())
        .endsWith(
            """
            endpoints    apps      BROKEN  Service home/home has no ready endpoint: 1 not ready
            request                -

            home.example.org ends at: endpoints (layer apps)
              Service home/home has no ready endpoint: 1 not ready
            Look further: kubectl -n home get deployment,pod
            """);
  }

  @Test
  void aNameWithoutAddressIsDns() {
    lookup = name -> List.of();
    ends("dns", "dns", "home.example.org does not resolve; its address is 192.168.1.102");
  }

  @Test
  void aNameWithAnotherAddressIsDns() {
    lookup = name -> List.of("192.168.1.7");
    ends("dns", "dns", "home.example.org resolves to 192.168.1.7, but Gateway gateway/external");
  }

  @Test
  void aGatewayWithoutAddressIsCiliumsWhateverDnsSays() {
    lookup = name -> List.of();
    gateway =
        gateway.replace("  addresses: [{value: 192.168.1.102}]\n  conditions", "  conditions");
    ends(
        "address",
        "cilium",
        "has no address, but asks for 192.168.1.102; the pools hold 192.168.9.0/24");
  }

  @Test
  void anAddressThatNoPoolHoldsIsCiliumsAndThePoolsAreNamed() {
    pools = List.of("{spec: {blocks: [{start: 192.168.1.101}, {cidr: 'fd00::/112'}]}}");
    ends(
        "address",
        "cilium",
        "no CiliumLoadBalancerIPPool holds 192.168.1.102, which is announced only while one does;"
            + " the pools hold 192.168.1.101-192.168.1.101, fd00::/112");
  }

  @Test
  void anAddressWithoutAPoolIsNotBlamedOnItsLease() {
    pools = List.of();
    lease = lease.replace("name: cilium-l2", "name: other-l2");
    ends("address", "cilium", "no CiliumLoadBalancerIPPool holds 192.168.1.102");
  }

  @Test
  void anAddressWithoutAnAnnouncementPolicyNamesThePolicy() {
    announcements = List.of();
    ends("address", "cilium", "there is no CiliumL2AnnouncementPolicy");
  }

  @Test
  void aNameThatItsRouteHasLostIsTheApps() {
    lookup = name -> List.of();
    route = route.replace("hostnames: [home.example.org]", "hostnames: [other.example.org]");
    ends("route", "apps", "no HTTPRoute for home.example.org names Gateway gateway/external");
  }

  @Test
  void aLeaseThatNobodyRenewsIsCiliums() {
    lease = lease.replace("11:59:55", "11:59:44");
    ends("address", "cilium", "no node announces 192.168.1.102: node w1 has not renewed");
  }

  @Test
  void aLeaseThatWasGivenBackIsCiliums() {
    lease = lease.replace("holderIdentity: w1", "holderIdentity: ''");
    ends("address", "cilium", "no node announces 192.168.1.102: no node holds");
  }

  @Test
  void aNodeThatIsNotReadyIsCiliums() {
    node = node.replace("'True'", "'Unknown'");
    ends("address", "cilium", "192.168.1.102 is announced by node w1, which is not Ready");
  }

  @Test
  void aGatewayThatIsNotProgrammedIsTheGateways() {
    gateway =
        gateway.replaceFirst(
            "Programmed, status: \"True\"",
            "Programmed, status: \"False\", message: no such class");
    ends(
        "gateway",
        "gateways",
        "Gateway gateway/external of class cilium: Programmed is False: no such class");
  }

  @Test
  void aListenerForOtherHostsIsTheGateways() {
    gateway = gateway.replace("*.example.org", "*.example.com");
    ends(
        "listener",
        "gateways",
        "has no listener for home.example.org by HTTP at port 80; it has http (HTTP at port 80,"
            + " hostname *.example.com)");
  }

  @Test
  void aRouteThatWasJudgedBeforeItsLastChangeIsTheApps() {
    route = route.replace("generation: 2}\nspec", "generation: 3}\nspec");
    ends("route", "apps", "HTTPRoute home/home: Accepted is Unknown");
  }

  @Test
  void aServiceWithoutThePortIsTheApps() {
    service = service.replace("3000", "80");
    ends(
        "service",
        "apps",
        "Service home/home has no port 3000, which HTTPRoute home/home names; it has 80");
  }

  @Test
  void anErrorPageIsTheApps() {
    request = (address, target, trusted) -> new Request.Answer(503, Duration.ofMillis(7));
    ends("request", "apps", "home.example.org / answered 503 after 7 ms");
  }

  @Test
  void nobodyAtTheAddressIsCiliums() {
    request =
        (address, target, trusted) -> {
          throw new ConnectException("No route to host");
        };
    ends("request", "cilium", "no answer from 192.168.1.102 port 80: No route to host");
  }

  @Test
  void jsonSaysTheSame() throws IOException {
    service = service.replace("3000", "80");
    var json = YAML.readTree(examine().json());

    assertThat(json.at("/healthy").asBoolean()).isFalse();
    assertThat(json.at("/steps/6/layer").asText()).isEqualTo("apps");
    assertThat(json.at("/steps/6/further").asText()).isEqualTo("kubectl -n home get service");
    assertThat(json.at("/unseen")).hasSize(2);
  }

  @Test
  void whatIsNoHostIsRefused() {
    assertThatThrownBy(() -> RequestTarget.of("ftp://home.example.org"))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith("\"ftp://home.example.org\" is neither a hostname nor a URL");
  }

  private void ends(String step, String layer, String said) {
    var last = examine().seen().stream().reduce((first, second) -> second).orElseThrow();
    assertThat(List.of(last.step(), last.layer(), last.ok()))
        .isEqualTo(List.of(step, layer, false));
    assertThat(last.said()).contains(said);
  }

  private Diagnosis examine() {
    var cluster =
        new ClusterObjects(
            List.of(read(Gateway.class, gateway)),
            List.of(read(HTTPRoute.class, route)),
            List.of(),
            List.of(),
            List.of(read(Service.class, service), read(Service.class, made)),
            List.of(read(EndpointSlice.class, slice)),
            List.of(read(Lease.class, lease)),
            List.of(read(Node.class, node)),
            pools.stream().map(each -> read(GenericKubernetesResource.class, each)).toList(),
            announcements.stream()
                .map(each -> read(GenericKubernetesResource.class, each))
                .toList());
    return new Doctor(lookup, request)
        .examine(RequestTarget.of(asked), cluster, Optional.empty(), NOW);
  }

  private static <T> T read(Class<T> type, String yaml) {
    try {
      return YAML.readValue(yaml, type);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
