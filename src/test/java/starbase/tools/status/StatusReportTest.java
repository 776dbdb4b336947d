package starbase.tools.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.certmanager.api.model.v1.Certificate;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRoute;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusReportTest {
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
  private static final YAMLMapper YAML = new YAMLMapper();

  private static final String GATEWAY =
      """
      metadata: {namespace: gateway, name: gateway-external}
      spec:
        gatewayClassName: cilium
        listeners:
          - {name: http, port: 80, protocol: HTTP}
          - {name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert-starbase}]}}
      """;
  private static final String PROGRAMMED =
      """
      status:
        addresses: [{type: IPAddress, value: 192.168.1.102}]
        conditions: [{type: Programmed, status: "True", message: ""}]
        listeners: [{name: http, attachedRoutes: 1}, {name: https, attachedRoutes: 2}]
      """;
  private static final String CERTIFICATE =
      """
      metadata: {namespace: gateway, name: wildcard}
      spec: {secretName: cert-starbase, issuerRef: {name: selfsigned}}
      """;
  private static final String READY =
      """
      status:
        notAfter: "2027-02-19T12:00:00Z"
        conditions: [{type: Ready, status: "True"}]
      """;
  private static final String ROUTE = "metadata: {namespace: homepage, name: homepage}\n";

  private static <T> T read(Class<T> type, String yaml) {
    try {
      return YAML.readValue(yaml, type);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static StatusReport report(
      String gateway, String certificate, String route, Service... services) {
    return StatusReport.of(
        new LabState(
            List.of(read(Gateway.class, gateway)),
            List.of(read(HTTPRoute.class, route)),
            List.of(),
            List.of(),
            List.of(read(Certificate.class, certificate)),
            List.of(services),
            List.of()),
        NOW);
  }

  private static String routeStatus(String accepted, String resolved) {
    return """
        status:
          parents:
            - conditions:
                - {type: Accepted, status: "%s", message: Accepted HTTPRoute}
                - {type: ResolvedRefs, status: "%s", message: Service homepage not found}
        """
        .formatted(accepted, resolved);
  }

  @Test
  void aLabThatIsReadyIsOneTable() {
    var report =
        report(GATEWAY + PROGRAMMED, CERTIFICATE + READY, ROUTE + routeStatus("True", "True"));

    assertThat(report.ready()).isTrue();
    assertThat(report.notReady(List.of())).isEmpty();
    assertThat(report.table())
        .isEqualTo(
            """
            GATEWAY                   ADDRESS        PROGRAMMED  LISTENERS           ROUTES  CERTIFICATE       ISSUER      EXPIRES
            gateway/gateway-external  192.168.1.102  True        http:80, https:443  3       gateway/wildcard  selfsigned  2027-02-19 (90 days)
            """);
  }

  @Test
  void aGatewayAtAPortOfTheNodesShowsThePortThatClientsUse() {
    var service =
        read(
            Service.class,
            """
            metadata: {namespace: gateway, name: cilium-gateway-gateway-external}
            spec: {type: NodePort, ports: [{port: 80, nodePort: 31080}, {port: 443, nodePort: 30443}]}
            """);
    var atNodes = (GATEWAY + PROGRAMMED).replace("Name: cilium\n", "Name: cilium-nodeport\n");

    assertThat(report(atNodes, CERTIFICATE, ROUTE, service).table())
        .contains("  http:80 (node port 31080), https:443 (node port 30443)  ");
    assertThat(report(GATEWAY + PROGRAMMED, CERTIFICATE, ROUTE, service).table())
        .as("on the hosts' network")
        .contains("  http:80, https:443  ");
  }

  @Test
  void whatIsNotReadyIsListedInItsControllersWords() {
    var report =
        report(
            GATEWAY
                + "status: {conditions: [{type: Programmed, status: \"False\", message: waiting for address}]}\n",
            CERTIFICATE
                + "status: {conditions: [{type: Ready, status: \"False\", message: Issuer not found}]}\n",
            ROUTE + routeStatus("True", "False"));

    assertThat(report.ready()).isFalse();
    assertThat(report.table() + report.notReady(List.of("https://home.example.org/ ends at: dns")))
        .isEqualTo(
            """
            GATEWAY                   ADDRESS  PROGRAMMED  LISTENERS           ROUTES  CERTIFICATE       ISSUER      EXPIRES
            gateway/gateway-external  -        False       http:80, https:443  0       gateway/wildcard  selfsigned  -

            Not ready:
              - Gateway gateway/gateway-external: Programmed is False: waiting for address
              - Certificate gateway/wildcard: Ready is False: Issuer not found
              - HTTPRoute homepage/homepage: ResolvedRefs is False: Service homepage not found
              - https://home.example.org/ ends at: dns
            """);
  }

  @Test
  void aNodeThatIsNotReadyIsNamedAndDoesNotMakeTheLabUnready() {
    var state =
        new LabState(
            List.of(read(Gateway.class, GATEWAY + PROGRAMMED)),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(
                read(
                    Node.class,
                    """
                    metadata: {name: w1}
                    status: {conditions: [{type: Ready, status: Unknown, message: Kubelet stopped posting node status.}]}
                    """),
                read(
                    Node.class,
                    "{metadata: {name: w2}, status: {conditions: [{type: Ready, status: 'True'}]}}")));

    var report = StatusReport.of(state, NOW);
    assertThat(report.ready()).isTrue();
    assertThat(report.notReady(List.of()))
        .isEqualTo(
            """

            Not ready:
              - Node w1: Ready is Unknown: Kubelet stopped posting node status.
            """);
  }

  @Test
  void whatNoControllerHasLookedAtIsNotReady() {
    assertThat(report(GATEWAY, CERTIFICATE, ROUTE).findings())
        .containsExactly(
            "Gateway gateway/gateway-external: Programmed is Unknown: no controller has said so yet",
            "Certificate gateway/wildcard: Ready is Unknown: no controller has said so yet",
            "HTTPRoute homepage/homepage: no Gateway has accepted it");
  }

  @Test
  void routesOfAllKindsAreLookedAt() {
    var state =
        new LabState(
            List.of(read(Gateway.class, GATEWAY + PROGRAMMED)),
            List.of(),
            List.of(read(GRPCRoute.class, ROUTE + routeStatus("True", "False"))),
            List.of(read(TLSRoute.class, ROUTE)),
            List.of(),
            List.of(),
            List.of());

    assertThat(StatusReport.of(state, NOW).findings())
        .containsExactly(
            "GRPCRoute homepage/homepage: ResolvedRefs is False: Service homepage not found",
            "TLSRoute homepage/homepage: no Gateway has accepted it");
  }

  @Test
  void aClusterWithoutGatewaysIsNotReady() {
    var none =
        new LabState(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    assertThat(StatusReport.of(none, NOW).findings()).containsExactly("the cluster has no Gateway");
  }
}
