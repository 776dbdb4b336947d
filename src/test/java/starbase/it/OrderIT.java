package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;
import static starbase.it.AuditLog.condition;
import static starbase.it.AuditLog.parentCondition;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import starbase.it.AuditLog.Ref;

/**
 * The order of a real {@code up}, from the API servers' audit logs: nothing is written before what
 * it depends on was <em>ready</em>, not merely there. Proves the order of what {@code Lab.java}
 * asks for; what runs in parallel is free.
 */
@ExtendWith(VirtualLab.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderIT {

  private final AuditLog log;

  OrderIT(VirtualLab.Running lab) {
    lab.firstUp().succeeded();
    log = AuditLog.parse(lab.exec("sh", "-c", "cat \"$HOME\"/../audit-*.log").succeeded().out());
  }

  /** An edge: {@code later} is written after {@code earlier} said that it is ready. */
  record Edge(Ref earlier, String readiness, Predicate<JsonNode> ready, Ref later) {
    @Override
    public String toString() {
      return "%s is %s before %s is written".formatted(earlier, readiness, later);
    }
  }

  private static final Ref CILIUM = new Ref("configmaps", "kube-system", "cilium-config");
  private static final Ref GATEWAY_CLASS = new Ref("gatewayclasses", "", "cilium");
  private static final Ref CERT_MANAGER = new Ref("deployments", "cert-manager", "cert-manager");
  private static final Ref ISSUER = new Ref("issuers", "gateway", "selfsigned");
  private static final Ref HOMEPAGE = new Ref("deployments", "homepage", "homepage");
  private static final Ref ROUTE = new Ref("httproutes", "homepage", "homepage");

  static Stream<Edge> edges() {
    return Stream.of(
            Stream.of("gatewayclasses", "gateways", "httproutes", "referencegrants", "tlsroutes")
                .map(crd -> edge(crd(crd), "Established", condition("Established"), CILIUM)),
            Stream.of(
                edge(
                    new Ref("daemonsets", "kube-system", "cilium"),
                    "rolled out",
                    OrderIT::rolledOut,
                    CERT_MANAGER),
                edge(
                    new Ref("deployments", "kube-system", "cilium-operator"),
                    "available",
                    OrderIT::available,
                    GATEWAY_CLASS),
                edge(GATEWAY_CLASS, "Accepted", condition("Accepted"), CERT_MANAGER),
                edge(
                    new Ref("deployments", "cert-manager", "cert-manager-webhook"),
                    "available",
                    OrderIT::available,
                    ISSUER),
                edge(ISSUER, "Ready", condition("Ready"), certificate("cert-starbase")),
                edge(ISSUER, "Ready", condition("Ready"), certificate("argocd-tls-secret"))),
            Stream.of("gateway-internal", "gateway-external")
                .flatMap(
                    gateway ->
                        Stream.of(
                            edge(
                                certificate("cert-starbase"),
                                "Ready",
                                condition("Ready"),
                                gateway(gateway)),
                            edge(
                                certificate("argocd-tls-secret"),
                                "Ready",
                                condition("Ready"),
                                gateway(gateway)),
                            edge(gateway(gateway), "Programmed", condition("Programmed"), ROUTE))),
            Stream.of(
                edge(GATEWAY_CLASS, "Accepted", condition("Accepted"), HOMEPAGE),
                edge(HOMEPAGE, "available", OrderIT::available, ROUTE)))
        .flatMap(edges -> edges);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("edges")
  void isKept(Edge edge) {
    Instant ready = log.ready(edge.earlier(), edge.ready());
    assertThat(log.written(edge.later())).isAfter(ready);
  }

  @Test
  void theLogKnowsReadinessFromMereExistence() {
    assertThat(log.ready(ROUTE, parentCondition("Accepted"))).isAfter(log.written(ROUTE));
  }

  private static Edge edge(Ref earlier, String readiness, Predicate<JsonNode> ready, Ref later) {
    return new Edge(earlier, readiness, ready, later);
  }

  private static Ref crd(String plural) {
    return new Ref("customresourcedefinitions", "", plural + ".gateway.networking.k8s.io");
  }

  private static Ref certificate(String name) {
    return new Ref("certificates", "gateway", name);
  }

  private static Ref gateway(String name) {
    return new Ref("gateways", "gateway", name);
  }

  private static boolean rolledOut(JsonNode status) {
    var wanted = status.at("/desiredNumberScheduled").asInt();
    return wanted > 0 && status.at("/numberReady").asInt() == wanted;
  }

  private static boolean available(JsonNode status) {
    return status.at("/availableReplicas").asInt() > 0
        && status.at("/availableReplicas").asInt() == status.at("/replicas").asInt();
  }
}
