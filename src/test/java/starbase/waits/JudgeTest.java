package starbase.waits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import starbase.kubernetes.Awaited;
import starbase.kubernetes.ObjectName;
import starbase.kubernetes.WaitFor;

/** What is said of objects that have conditions. */
class JudgeTest {
  private static final Awaited ROUTE =
      Awaited.of(
          "gateway.networking.k8s.io/v1",
          "HTTPRoute",
          "shop",
          "front",
          WaitFor.parentCondition("Accepted"),
          WaitFor.parentCondition("ResolvedRefs"));

  private static final String PARENT =
      """
          - parentRef: {group: gateway.networking.k8s.io, kind: Gateway, name: %s, namespace: gateway, sectionName: https}
            conditions:
            - {type: Accepted, status: "%s", reason: %s, message: %s, observedGeneration: %d}
            - {type: ResolvedRefs, status: "True", reason: ResolvedRefs, observedGeneration: %d}
      """;

  private final FakeCluster cluster = new FakeCluster();
  private Set<ObjectName> exposed = Set.of();

  @Test
  void aRouteThatBothItsGatewaysTakeIsReady() {
    route(2, parent("one", "True", "Accepted", 2) + parent("two", "True", "Accepted", 2));
    assertThat(look(ROUTE)).isInstanceOf(Verdict.Ready.class);
  }

  @Test
  void aRouteThatOneOfItsGatewaysDoesNotKnowYetIsNotReady() {
    route(2, parent("one", "True", "Accepted", 2));
    assertThat(look(ROUTE))
        .isEqualTo(
            new Verdict.NotYet(
                "no controller has written Accepted yet; no controller has written ResolvedRefs yet"));
  }

  @Test
  void whatWasSaidOfAnOlderGenerationDoesNotCount() {
    route(3, parent("one", "True", "Accepted", 3) + parent("two", "False", "UnsupportedValue", 2));
    assertThat(look(ROUTE)).isInstanceOf(Verdict.NotYet.class);
  }

  @ParameterizedTest
  @CsvSource({
    "UnsupportedValue, true",
    "InvalidKind, true",
    "NotAllowedByListeners, true",
    "NoMatchingListenerHostname, true",
    "Pending, false",
    "BackendNotFound, false",
    "InvalidCertificateRef, false"
  })
  void aReasonThatOnlyAnEditTakesAwayIsHopeless(String reason, boolean hopeless) {
    route(2, parent("one", "True", "Accepted", 2) + parent("two", "False", reason, 2));
    var said = "Accepted is False (%s): because".formatted(reason);
    assertThat(look(ROUTE))
        .isEqualTo(hopeless ? Verdict.Hopeless.of(said) : new Verdict.NotYet(said));
  }

  @Test
  void aPolicyThatIsNotValidIsHopeless() {
    cluster.has(
        """
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata: {name: allow, namespace: shop}
        status:
          conditions: [{type: Valid, status: "False", message: no such entity}]
        """);
    assertThat(
            look(
                Awaited.of(
                    "cilium.io/v2",
                    "CiliumNetworkPolicy",
                    "shop",
                    "allow",
                    WaitFor.condition("Valid"))))
        .isEqualTo(Verdict.Hopeless.of("Valid is False: no such entity"));
  }

  @Test
  void aServiceWhoseAddressIsTakenSaysSo() {
    cluster.has(service("", taken()));
    assertThat(look(address("192.168.1.103")))
        .isEqualTo(
            Verdict.Hopeless.of(
                "cilium.io/IPAMRequestSatisfied is False (already_allocated): The IP"
                    + " '192.168.1.103' is already allocated to another service"));
  }

  @Test
  void anAddressThatAPlannedServiceStillHasIsWaitedFor() {
    cluster.has(service("", taken())).has(holder("kubectl"));
    exposed =
        Set.of(
            new ObjectName("Service", "shop", "front"), new ObjectName("Service", "store", "old"));
    assertThat(look(address("192.168.1.103")))
        .isEqualTo(
            new Verdict.NotYet(
                "it has no address yet, and asks for 192.168.1.103; Service store/old still has the"
                    + " address 192.168.1.103, which the plan takes from it"));
  }

  @Test
  void anAddressOfAServiceThatLeavesThePlanComesAtTheEnd() {
    cluster.has(service("", taken())).has(holder("pulumi-kubernetes-1234"));
    exposed = Set.of(new ObjectName("Service", "shop", "front"));
    assertThat(look(address("192.168.1.103")))
        .isEqualTo(
            new Verdict.Ready(
                Map.of(),
                Optional.of(
                    "it gets its address 192.168.1.103 when Service store/old is deleted, at the end"
                        + " of this up")));
  }

  @Test
  void anAddressOfAServiceThatSomebodyElseMadeDoesNotCome() {
    cluster.has(service("", taken())).has(holder("kubectl"));
    assertThat(look(address("192.168.1.103")))
        .isEqualTo(
            Verdict.Hopeless.of(
                "cilium.io/IPAMRequestSatisfied is False (already_allocated): The IP"
                    + " '192.168.1.103' is already allocated to another service; Service store/old"
                    + " has 192.168.1.103"));
  }

  @ParameterizedTest
  @CsvSource({"True, true", "False, false"})
  void aGatewayThatTakesTheAddressOfOneThatLeavesHasToBeAcceptedOnly(
      String accepted, boolean ready) {
    cluster
        .has(gateway("external", accepted, "controller"))
        .has(gatewayService("external", taken()))
        .has(gateway("former", "True", "pulumi-kubernetes-1234"))
        .has(
            gatewayService("former", "loadBalancer: {ingress: [{ip: 192.168.1.103}]}")
                .replace(
                    "namespace: gateway",
                    "namespace: gateway, ownerReferences: [{kind: Gateway, name: former}]"));
    var verdict =
        look(
            Awaited.of(
                "gateway.networking.k8s.io/v1",
                "Gateway",
                "gateway",
                "external",
                WaitFor.condition("Accepted"),
                WaitFor.condition("Programmed"),
                new WaitFor.FirstAddress("addresses", "value", "192.168.1.103")));
    if (ready) {
      assertThat(verdict)
          .isInstanceOfSatisfying(
              Verdict.Ready.class,
              its ->
                  assertThat(its.warning().orElse(""))
                      .contains("192.168.1.103 when Gateway gateway/former is deleted"));
    } else {
      assertThat(verdict).isEqualTo(new Verdict.NotYet("Accepted is False (Pending)"));
    }
  }

  @Test
  void aServiceWithAnotherAddressIsNotReady() {
    cluster.has(service("loadBalancer: {ingress: [{ip: 192.168.1.104}]}", ""));
    assertThat(look(address("192.168.1.103")))
        .isEqualTo(
            new Verdict.NotYet("it has the address 192.168.1.104, and asks for 192.168.1.103"));
    assertThat(look(address("192.168.1.104"))).isInstanceOf(Verdict.Ready.class);
  }

  @Test
  void aGatewayTellsWhatItsServiceAndItsListenersSay() {
    cluster
        .has(
            """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: external, namespace: gateway, generation: 1}
            status:
              conditions:
              - {type: Programmed, status: "False", reason: AddressNotAssigned, message: Gateway waiting for address}
              listeners:
              - name: https
                conditions:
                - {type: Conflicted, status: "False", reason: NoConflicts}
                - {type: ResolvedRefs, status: "False", reason: InvalidCertificateRef, message: Invalid CertificateRef}
            """)
        .has(gatewayService("external", taken()));
    var verdict =
        look(
            Awaited.of(
                "gateway.networking.k8s.io/v1",
                "Gateway",
                "gateway",
                "external",
                WaitFor.condition("Programmed")));
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Hopeless.class,
            its ->
                assertThat(its.reason())
                    .startsWith("Service cilium-gateway-external: ")
                    .contains("already allocated to another service"));
  }

  @Test
  void aCertificateTellsWhatItsNewestRequestAndTheProofsForItSay() {
    cluster
        .has(
            """
            apiVersion: cert-manager.io/v1
            kind: Certificate
            metadata: {name: wildcard, namespace: gateway, generation: 1}
            status: {conditions: [{type: Ready, status: "False", reason: DoesNotExist, message: no Secret}]}
            """)
        .has(
            """
            apiVersion: cert-manager.io/v1
            kind: CertificateRequest
            metadata:
              {name: wildcard-1, namespace: gateway, uid: request, creationTimestamp: "2026-01-01T00:00:00Z",
               annotations: {cert-manager.io/certificate-name: wildcard}}
            status: {conditions: [{type: Ready, status: "False", reason: Pending, message: waiting for the order}]}
            """)
        .has(
            """
            apiVersion: acme.cert-manager.io/v1
            kind: Order
            metadata: {name: order, namespace: gateway, uid: order, ownerReferences: [{uid: request}]}
            """)
        .has(
            """
            apiVersion: acme.cert-manager.io/v1
            kind: Challenge
            metadata: {name: proof, namespace: gateway, ownerReferences: [{uid: order}]}
            status: {reason: secret "cloudflare" not found}
            """);
    assertThat(
            look(
                Awaited.of(
                    "cert-manager.io/v1",
                    "Certificate",
                    "gateway",
                    "wildcard",
                    WaitFor.condition("Ready"))))
        .isEqualTo(
            new Verdict.NotYet(
                "Ready is False (DoesNotExist): no Secret; CertificateRequest wildcard-1: Ready is"
                    + " False (Pending): waiting for the order; Challenge proof: secret"
                    + " \"cloudflare\" not found"));
  }

  @Test
  void anObjectThatIsNotThereIsNotWaitedForLong() {
    assertThat(look(Awaited.of("v1", "Service", "shop", "gone")))
        .isInstanceOfSatisfying(
            Verdict.Hopeless.class,
            its -> assertThat(its.reason()).contains("pulumi up --refresh"));
    assertThat(look(Awaited.node("w1"))).isInstanceOf(Verdict.NotYet.class);
  }

  @Test
  void aNodeThatHasStoppedAnsweringIsNamedAndNotWaitedFor() {
    cluster.has(
        """
        apiVersion: v1
        kind: Node
        metadata: {name: w1}
        status: {conditions: [{type: Ready, status: Unknown, lastTransitionTime: "2026-01-01T00:00:00Z"}]}
        """);
    assertThat(look(Awaited.node("w1")))
        .isInstanceOfSatisfying(
            Verdict.Ready.class,
            its ->
                assertThat(its.warning())
                    .hasValue(
                        "node w1 has stopped answering (since 2026-01-01T00:00:00Z), and is not waited for"));
  }

  @ParameterizedTest
  @CsvSource({"403, true", "401, true", "500, false", "503, false"})
  void anApiServerThatForbidsIsHopelessAndOneThatStumblesIsNot(int code, boolean hopeless) {
    cluster.refuses(code, "no");
    assertThat(look(ROUTE)).isInstanceOf(hopeless ? Verdict.Hopeless.class : Verdict.NotYet.class);
  }

  @Test
  void aWebhookThatDoesNotAnswerIsWaitedFor() {
    var wait =
        new Awaited(
            "cert-manager.io/v1",
            "Certificate",
            "cert-manager",
            "any",
            java.util.List.of(
                new WaitFor.Creatable(
                    Map.of(
                        "apiVersion", "cert-manager.io/v1",
                        "kind", "Certificate",
                        "metadata", Map.of("name", "any", "namespace", "cert-manager")))),
            java.time.Duration.ofMinutes(1));
    assertThat(look(wait)).isInstanceOf(Verdict.Ready.class);
    cluster.refuses(500, "failed calling webhook: connection refused");
    assertThat(look(wait))
        .isEqualTo(
            new Verdict.NotYet(
                "the API server would not create such an object: failed calling webhook: connection"
                    + " refused"));
  }

  private Verdict look(Awaited wait) {
    return new Judge(cluster, exposed).look(wait);
  }

  private void route(int generation, String parents) {
    cluster.has(
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: front, namespace: shop, generation: %d}
        spec:
          parentRefs:
          - {name: one, namespace: gateway, sectionName: https}
          - {name: two, namespace: gateway, sectionName: https}
        status:
          parents:
        %s"""
            .formatted(generation, parents));
  }

  private static String parent(String gateway, String status, String reason, int generation) {
    return PARENT.formatted(gateway, status, reason, "because", generation, generation);
  }

  private static Awaited address(String address) {
    return Awaited.of(
        "v1",
        "Service",
        "shop",
        "front",
        new WaitFor.FirstAddress("loadBalancer.ingress", "ip", address));
  }

  private static String holder(String manager) {
    return """
    apiVersion: v1
    kind: Service
    metadata: {name: old, namespace: store, managedFields: [{manager: cilium}, {manager: %s}]}
    status: {loadBalancer: {ingress: [{ip: 192.168.1.103}]}}
    """
        .formatted(manager);
  }

  private static String gateway(String name, String accepted, String manager) {
    return """
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: {name: %s, namespace: gateway, generation: 1, managedFields: [{manager: %s}]}
    status:
      conditions:
      - {type: Accepted, status: "%s", reason: Pending}
      - {type: Programmed, status: "False", reason: AddressNotAssigned}
    """
        .formatted(name, manager, accepted);
  }

  private static String gatewayService(String gateway, String status) {
    return service("", status)
        .replace("namespace: shop", "namespace: gateway")
        .replace("name: front", "name: cilium-gateway-" + gateway);
  }

  private static String taken() {
    return """
    conditions:
      - type: cilium.io/IPAMRequestSatisfied
        status: "False"
        reason: already_allocated
        message: The IP '192.168.1.103' is already allocated to another service
    """;
  }

  private static String service(String address, String conditions) {
    return """
    apiVersion: v1
    kind: Service
    metadata: {name: front, namespace: shop}
    status:
      %s
      %s
    """
        .formatted(address, conditions.strip());
  }
}
