package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * {@code ./lab doctor} names the step that was broken on purpose, the layer that answers for it,
 * and ends with 1. What is broken is a page of the test's own, with a Gateway of its own, so that
 * the lab's pages stay as they are; and what real controllers say of it. Not that every way to
 * break a step is found: one is tried of each.
 */
@ExtendWith(VirtualLab.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoctorIT {

  private static final String HOST = "www.doctor.example";
  private static final String HOME = "home.starbasestudio.uk";

  /** Until controllers have seen a change and said what they make of it. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String GATEWAY =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: gateway-doctor, namespace: gateway}
      spec:
        gatewayClassName: cilium
        addresses: [{type: IPAddress, value: 192.168.1.110}]
        listeners:
          - {name: http, port: 80, protocol: HTTP, hostname: www.doctor.example, allowedRoutes: {namespaces: {from: All}}}
      """;
  private static final String HTTPS =
      """
          - name: https
            port: 443
            protocol: HTTPS
            hostname: www.doctor.example
            allowedRoutes: {namespaces: {from: All}}
            tls: {certificateRefs: [{name: cert-doctor}]}
      """;
  private static final String CERTIFICATES =
      """
      apiVersion: cert-manager.io/v1
      kind: Certificate
      metadata: {name: cert-doctor, namespace: gateway}
      spec: {secretName: cert-doctor, commonName: www.doctor.example, dnsNames: [www.doctor.example], issuerRef: {name: selfsigned}}
      ---
      apiVersion: cert-manager.io/v1
      kind: Certificate
      metadata: {name: cert-other, namespace: gateway}
      spec: {secretName: cert-other, commonName: other.example, dnsNames: [other.example], issuerRef: {name: selfsigned}}
      """;
  private static final String ROUTE =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: doctor, namespace: doctor}
      spec:
        hostnames: [www.doctor.example]
        parentRefs:
          - {name: gateway-doctor, namespace: gateway, sectionName: http}
          - {name: gateway-doctor, namespace: gateway, sectionName: https}
        rules: [{backendRefs: [{name: doctor, port: 80}]}]
      """;
  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: doctor, namespace: doctor}
      spec: {selector: {app: doctor}, ports: [{port: 80, targetPort: 8080}]}
      """;
  private static final String WORKLOAD =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: doctor, namespace: doctor}
      spec:
        replicas: 1
        selector: {matchLabels: {app: doctor}}
        template:
          metadata: {labels: {app: doctor}}
          spec:
            containers: [{name: doctor, image: docker.io/traefik/whoami:v1.11.0, ports: [{containerPort: 8080}]}]
      """;
  private static final String NAMESPACE =
      "{apiVersion: v1, kind: Namespace, metadata: {name: doctor}}\n";

  private final VirtualLab.Running lab;

  DoctorIT(VirtualLab.Running lab) {
    this.lab = lab;
    lab.firstUp().succeeded();
  }

  @BeforeEach
  void aHealthyPage() {
    apply(NAMESPACE, CERTIFICATES, GATEWAY + HTTPS, ROUTE, SERVICE, WORKLOAD);
    healthy(HOST);
  }

  @AfterAll
  void nothingOfItIsLeft() {
    // One that a failed test has stopped.
    lab.exec("pkill", "-CONT", "-x", "cilium-operator");
    lab.exec("pkill", "-CONT", "-x", "envoy");
    lab.exec("kubectl", "delete", "namespace", "doctor", "--ignore-not-found").succeeded();
    healthy(HOME);
    lab.exec(
            "kubectl",
            "delete",
            "-n",
            "gateway",
            "--ignore-not-found",
            "gateway/gateway-doctor",
            "certificate/cert-doctor",
            "certificate/cert-other",
            "secret/cert-doctor",
            "secret/cert-other")
        .succeeded();
  }

  @Test
  void everyStepOfAHealthyPageIsGreen() {
    var examined = doctor(HOME);
    assertThat(examined.exitCode()).as(examined.all()).isZero();
    assertThat(examined.out().lines().skip(1).map(line -> line.split("\\s+")[0]))
        .containsExactly(
            "dns",
            "address",
            "gateway",
            "listener",
            "certificate",
            "route",
            "service",
            "endpoints",
            "request");
    assertThat(examined.out()).doesNotContain("BROKEN");
  }

  @Test
  void jsonSaysTheSame() {
    var json = lab.project().lab("doctor", "--json", HOME).json();
    assertThat(json.at("/healthy").asBoolean()).isTrue();
    assertThat(json.at("/host").asText()).isEqualTo(HOME);
    assertThat(json.at("/steps")).hasSize(9);
    assertThat(json.at("/unseen")).isEmpty();
  }

  @Test
  void aNameThatNobodyAnswersForIsDns() throws IOException {
    var nobody = lab.project().folder().resolve("resolv.conf");
    Files.writeString(nobody, "nameserver 127.0.0.1\noptions attempts:1 timeout:1\n");
    breaks(
        "dns",
        "dns",
        () ->
            lab.exec(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount --bind \"$0\" /etc/resolv.conf && exec java -jar target/starbase.jar doctor --json \"$1\"",
                nobody.toString(),
                HOST));
  }

  @Test
  void anAddressOutsideThePoolIsNotAnnounced() {
    apply((GATEWAY + HTTPS).replace("192.168.1.110", "192.168.1.200"));
    breaks("address", "cilium", this::asked);
  }

  @Test
  void anAddressWhoseLeaseNobodyHoldsIsNotAnnounced() {
    withoutAnnouncement(() -> breaks("address", "cilium", this::asked));
  }

  @Test
  void aGatewayThatItsControllerDoesNotProgramIsTheGateways() {
    withoutOperator(
        () -> {
          notProgrammed();
          breaks("gateway", "gateways", this::asked);
        });
  }

  @Test
  void aGatewayWithoutTheListenerIsTheGateways() {
    apply(GATEWAY);
    breaks("listener", "gateways", this::asked);
  }

  @Test
  void aCertificateForAnotherNameIsTheCerts() {
    apply((GATEWAY + HTTPS).replace("cert-doctor", "cert-other"));
    breaks("certificate", "certs", this::asked);
  }

  @Test
  void aRouteToWhatItMayNotUseIsTheApps() {
    apply(
        ROUTE.replace(
            "{name: doctor, port: 80}", "{name: homepage, namespace: homepage, port: 3000}"));
    breaks("route", "apps", this::asked);
  }

  @Test
  void aServiceThatIsNotThereIsTheApps() {
    withoutOperator(
        () -> {
          lab.exec("kubectl", "delete", "service", "-n", "doctor", "doctor").succeeded();
          breaks("service", "apps", this::asked);
        });
  }

  @Test
  void anAppWithoutPodsIsNamedWithEndpointsAndApps() {
    scale(0);
    try {
      breaks("endpoints", "apps", () -> lab.project().lab("doctor", "--json", HOME));
      assertThat(lab.project().lab("doctor", HOME).out())
          .contains("endpoints", "BROKEN", "layer apps", "Look further: kubectl -n homepage");
    } finally {
      scale(1);
      lab.exec(
              "kubectl",
              "rollout",
              "status",
              "-n",
              "homepage",
              "deployment/homepage",
              "--timeout=2m")
          .succeeded();
    }
  }

  @Test
  void aPageThatAnswersWithAnErrorIsTheApps() {
    apply(SERVICE.replace("targetPort: 8080", "targetPort: 8099"));
    breaks("request", "apps", this::asked);
  }

  @Test
  void aGatewayThatDoesNotAnswerIsCiliums() {
    lab.exec("pkill", "-STOP", "-x", "envoy").succeeded();
    try {
      breaks("request", "cilium", this::asked);
    } finally {
      lab.exec("pkill", "-CONT", "-x", "envoy").succeeded();
    }
  }

  private void healthy(String host) {
    Wait.until(
        host + " is healthy",
        PATIENCE,
        () -> doctor(host).exitCode() == 0,
        () -> doctor(host).all());
  }

  /** Waits until the doctor ends at that step, which it has to say with all that belongs to it. */
  private void breaks(String step, String layer, Supplier<Outcome> doctor) {
    var examined = new Outcome[1];
    Wait.until(
        "the doctor ends at " + step,
        PATIENCE,
        () -> {
          examined[0] = doctor.get();
          return examined[0].exitCode() == 1 && last(examined[0]).at("/step").asText().equals(step);
        },
        () -> examined[0].all());
    var found = last(examined[0]);
    assertThat(found.at("/ok").asBoolean()).isFalse();
    assertThat(found.at("/layer").asText()).as(found.toPrettyString()).isEqualTo(layer);
    assertThat(found.at("/said").asText()).isNotBlank();
    assertThat(found.at("/further").asText()).isNotBlank();
  }

  private static JsonNode last(Outcome examined) {
    return StreamSupport.stream(Outcome.json(examined.out()).at("/steps").spliterator(), false)
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private Outcome doctor(String host) {
    return lab.project().lab("doctor", host);
  }

  private Outcome asked() {
    return lab.project().lab("doctor", "--json", HOST);
  }

  /** While the controller stands still, what it said stays. */
  private void withoutOperator(Runnable then) {
    lab.exec("pkill", "-STOP", "-x", "cilium-operator").succeeded();
    try {
      then.run();
    } finally {
      lab.exec("pkill", "-CONT", "-x", "cilium-operator").succeeded();
    }
  }

  /** The policy is taken away, and put back by the name of who had written it. */
  private void withoutAnnouncement(Runnable then) {
    var policy = lab.get("ciliuml2announcementpolicy", "starbase", "--show-managed-fields");
    lab.exec("kubectl", "delete", "ciliuml2announcementpolicy", "starbase").succeeded();
    try {
      then.run();
    } finally {
      var copy =
          "{apiVersion: %s, kind: %s, metadata: {name: starbase}, spec: %s}"
              .formatted(
                  policy.at("/apiVersion").asText(),
                  policy.at("/kind").asText(),
                  policy.at("/spec"));
      apply(
          List.of(
              "--server-side",
              "--field-manager=" + policy.at("/metadata/managedFields/0/manager").asText()),
          copy);
    }
  }

  private void notProgrammed() {
    var conditions = lab.get("gateway", "-n", "gateway", "gateway-doctor").at("/status/conditions");
    var types = conditions.findValuesAsText("type");
    lab.exec(
            "kubectl",
            "patch",
            "gateway",
            "-n",
            "gateway",
            "gateway-doctor",
            "--subresource=status",
            "--type=json",
            "-p",
            "[{\"op\": \"replace\", \"path\": \"/status/conditions/%d/status\", \"value\": \"False\"}]"
                .formatted(types.indexOf("Programmed")))
        .succeeded();
  }

  private void scale(int replicas) {
    lab.project()
        .lab("kubectl", "-n", "homepage", "scale", "deploy", "homepage", "--replicas=" + replicas)
        .succeeded();
  }

  private void apply(String... documents) {
    apply(List.of(), documents);
  }

  private void apply(List<String> options, String... documents) {
    try {
      var file = lab.project().folder().resolve("doctor.yaml");
      Files.writeString(file, String.join("---\n", documents));
      var command = new ArrayList<>(List.of("kubectl", "apply", "-f", file.toString()));
      command.addAll(options);
      lab.exec(command.toArray(String[]::new)).succeeded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
