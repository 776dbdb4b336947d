package starbase.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The platform of Pulumi.idp.yaml: its names, its port, its authority, its canary. Policies are
 * there and found valid by the operator; that they are enforced is not proven here, nor that
 * WireGuard encrypts: for both it takes the real agent.
 *
 * <p>In a lab of its own, as a lab has one stack, and this is another than the others' tests are
 * about: other machines, another identifier, another issuer. The one lab runs beside it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IdpIT {
  private static final String SUFFIX = "192-168-1-21.nip.io";
  private static final int PORT = 30443;

  /** Not of the suffix, whose names all end their TLS at the Gateway's one port. */
  private static final String THROUGH = "vault.platform.example";

  private VirtualLab.Running lab;
  private Client client;
  private Path authority;

  @BeforeAll
  void up() throws IOException {
    lab = VirtualLab.Running.start(Project.fresh("idp").of("idp"));
    System.out.printf("the platform's first up: %d s%n", lab.firstUp().took().toSeconds());
    lab.firstUp().succeeded();
    client = new Client(lab);
    authority = lab.project().folder().resolve("ca.pem");
    Files.writeString(authority, lab.project().lab("output", "caCertificate").succeeded().out());
  }

  /** Also when the first up failed, and there is a lab nevertheless. */
  @AfterAll
  void down() {
    if (lab != null) {
      lab.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.168.1.11", "192.168.1.21", "192.168.1.22"})
  void everyNodeAnswersWithACertificateOfTheLabsAuthority(String node) {
    assertThat(said("%{http_code} %{remote_ip}", "argocd", node)).isEqualTo("200 " + node);
  }

  @Test
  void aNameOfTheSuffixNeedsNoHelp() {
    assertThat(status("demo")).isEqualTo("200");
  }

  @Test
  void whoDoesNotTrustTheAuthorityIsWarned() {
    assertThat(lab.exec("curl", "--silent", url("demo")).exitCode())
        .as("curl: peer certificate cannot be authenticated")
        .isEqualTo(60);
  }

  @Test
  void theOutputIsTheRootCertificateAndNoKey() throws IOException {
    assertThat(Files.readString(authority, UTF_8))
        .startsWith("-----BEGIN CERTIFICATE-----")
        .doesNotContain("PRIVATE KEY");
    var read =
        lab.exec("openssl", "x509", "-noout", "-subject", "-issuer", "-in", authority.toString());
    assertThat(read.succeeded().out())
        .containsPattern("(?s)subject=.*idp-demo-ca.*issuer=.*idp-demo-ca");
  }

  @Test
  void ofAThousandRequestsTheCanaryGetsEveryFifth() {
    var answered = pods(1000);
    long canary = answered.stream().filter(IdpIT::isCanary).count();
    assertThat(canary / 10.0).as("percent of the requests").isCloseTo(20.0, within(5.0));
  }

  @Test
  void whoAsksForTheCanaryGetsIt() {
    assertThat(pods(10, "-H", "x-canary: true")).allMatch(IdpIT::isCanary);
  }

  @Test
  void everyPolicyIsValid() {
    var policies = lab.get("ciliumnetworkpolicies", "-n", "demo").at("/items");
    assertThat(policies).hasSize(4);
    policies.forEach(
        policy ->
            assertThat(policy.at("/status/conditions").findValuesAsText("status"))
                .as(policy.at("/metadata/name").asText())
                .containsOnly("True"));
  }

  @Test
  void theStatusShowsThePortThatClientsUse() {
    assertThat(lab.project().lab("status").succeeded().out())
        .containsPattern("kube-system/idp-gateway .* https:443 \\(node port 30443\\) ");
  }

  @Test
  void aSecondUpChangesNothing() {
    var second = lab.up().succeeded();
    System.out.printf("the platform's second up: %d s%n", second.took().toSeconds());
    assertThat(second.all()).contains("unchanged").doesNotContain(" updated", " created");
  }

  /**
   * The new operator sees the Gateway changed: by a listener, and by routes of all kinds. No
   * workload here speaks gRPC or TLS; by what a pod answers instead, it is seen that it was asked.
   */
  @Test
  void thePortStaysWhenTheOperatorStartsAnewAndListenersAndRoutesComeAndGo() {
    kubectl("-n", "kube-system", "rollout", "restart", "deployment/cilium-operator");
    kubectl("-n", "kube-system", "rollout", "status", "deployment/cilium-operator");
    lab.project().edit(IdpIT::withAllKindsOfRoutes);
    lab.up().succeeded();
    stillThere();
    assertThat(status("other")).isEqualTo("200");
    assertThat(client.pods(1, url("orders") + "shop.Orders/List", call()))
        .allMatch(pod -> pod.startsWith("argocd-"));
    assertThat(
            client.said(
                "%header{grpc-status}", concat(call(), url("orders") + "shop.Baskets/List")))
        .as("gRPC: unimplemented")
        .isEqualTo("12");
    var through = "%s:%d".formatted(THROUGH, PORT);
    assertThat(
            client
                .curl(
                    "--insecure",
                    "--show-error",
                    "--resolve",
                    through + ":192.168.1.22",
                    "https://" + through)
                .err())
        .as("what the pod says is no TLS")
        .contains("wrong version number");
    lab.project().restore();
    lab.up().succeeded();
    stillThere();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway/idp-gateway", "service/cilium-gateway-idp-gateway"})
  void thePortComesBackWhenItsOwnerWasMadeAnew(String owner) {
    kubectl("-n", "kube-system", "delete", owner);
    if (owner.startsWith("service")) {
      Wait.until(
          "the operator has made the Service anew",
          Duration.ofSeconds(60),
          () -> lab.project().lab("kubectl", "-n", "kube-system", "get", owner).exitCode() == 0,
          () -> "there is no " + owner);
    }
    lab.up().succeeded();
    stillThere();
  }

  /**
   * By ACME (RFC 8555) and an update of the zone (RFC 2136): a real ACME server, a real DNS server,
   * and the real cert-manager between them. Not that a certain authority's limits allow it. The
   * last test: what it does to the stack goes with the lab.
   */
  @Test
  @Order(Integer.MAX_VALUE)
  void aPublicAuthoritySignsForWhoeverCanWriteTheZone() {
    try (var world = Authority.start(lab)) {
      kubectl(
          "-n",
          "cert-manager",
          "create",
          "secret",
          "generic",
          "dns-update",
          "--from-literal=tsig=" + Authority.KEY);
      lab.project().edit(file -> certifiedBy(world, file));
      lab.up().succeeded();
      var url = "https://demo.%s:%d/".formatted(Authority.ZONE, PORT);
      var trusting = List.of("--cacert", world.root().toString(), url);
      Wait.until(
          "the page shows a certificate of the public authority",
          Duration.ofMinutes(2),
          () ->
              client.curl(trusting.toArray(String[]::new)).exitCode() == 0
                  && client.said("%{http_code}", trusting.toArray(String[]::new)).equals("200"),
          () -> client.curl(trusting.toArray(String[]::new)).all());
      assertThat(lab.project().lab("output").succeeded().out()).doesNotContain("caCertificate");
    }
  }

  private static String withAllKindsOfRoutes(String file) {
    return file.replace(
                "        - demo.${suffix}\n",
                "        - demo.${suffix}\n        - other.${suffix}\n")
            .replace(
                "        - name: https\n",
                """
                        - name: tls
                          port: 443
                          protocol: TLS
                          hostname: vault.platform.example
                          allowedRoutes:
                            kind: labelled
                            labels:
                              starbase/routes: idp
                        - name: https
                """)
        + toArgocd(
            "orders",
            "orders.${suffix}",
            "{kind: grpc, rules: [{matches: [{service: shop.Orders}]}]}")
        + toArgocd("vault", THROUGH, "{kind: tls}");
  }

  private static String toArgocd(String app, String hostname, String route) {
    return """
            %1$s:
              namespace: argocd
              gateway: idp-gateway
              hostnames:
                - %2$s
              service:
                name: argocd-svc
                port: 80
              route: %3$s
        """
        .formatted(app, hostname, route);
  }

  private static String certifiedBy(Authority authority, String file) {
    var pem = authority.server().strip().replace("\n", "\n        ");
    var issuer =
        """
            values:
              dns01RecursiveNameservers: "%1$s:%2$d"
              dns01RecursiveNameserversOnly: true
              # The new pod leads as soon as the old one lets go.
              global: {leaderElection: {leaseDuration: 6s, renewDeadline: 4s, retryPeriod: 1s}}
            issuer:
              kind: acmeDns01
              name: public
              namespace: kube-system
              server: %3$s
              email: me@%4$s
              solver:
                kind: rfc2136
                server: "%1$s:%2$d"
                keyName: starbase
                secret: dns-update
              caBundle: |
                %5$s
        """
            .formatted(Authority.ADDRESS, Authority.DNS, Authority.DIRECTORY, Authority.ZONE, pem);
    return file.replaceFirst("    issuer:\n(      .*\n)+", issuer.replace("$", "\\$"))
        .replaceFirst("config:\n", "config:\n  starbase:suffix: " + Authority.ZONE + "\n");
  }

  private void stillThere() {
    assertThat(
            lab.get("service", "-n", "kube-system", "cilium-gateway-idp-gateway")
                .at("/spec/ports/0/nodePort")
                .asInt())
        .isEqualTo(PORT);
    Wait.until(
        "the page answers",
        Duration.ofSeconds(30),
        () -> status("argocd").equals("200"),
        () -> status("argocd"));
  }

  private String status(String app) {
    return client.said("%{http_code}", "--cacert", authority.toString(), url(app));
  }

  /** A call of gRPC, as far as curl can: by content type and method. */
  private String[] call() {
    return new String[] {
      "--cacert", authority.toString(), "-H", "Content-Type: application/grpc", "--data", ""
    };
  }

  private static String[] concat(String[] words, String... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }

  private String said(String format, String app, String node) {
    return client.said(
        format,
        "--cacert",
        authority.toString(),
        "--resolve",
        "%s.%s:%d:%s".formatted(app, SUFFIX, PORT, node),
        url(app));
  }

  private List<String> pods(int requests, String... words) {
    var all = Stream.concat(Stream.of("--cacert", authority.toString()), Stream.of(words));
    return client.pods(requests, url("demo"), all.toArray(String[]::new));
  }

  private static boolean isCanary(String pod) {
    return pod.startsWith("demo-canary-");
  }

  private static String url(String app) {
    return "https://%s.%s:%d/".formatted(app, SUFFIX, PORT);
  }

  private void kubectl(String... words) {
    lab.project()
        .lab(Stream.concat(Stream.of("kubectl"), Stream.of(words)).toArray(String[]::new))
        .succeeded();
  }
}
