package starbase.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import starbase.testing.StackFiles;

class CliTest {
  private static final String LAB = StackFiles.of("lab").toString();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int run(String... arguments) {
    return Cli.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  @Test
  void aFileWithoutProblemsIsOk() {
    assertThat(run("check", LAB)).isZero();
    assertThat(out).hasToString(LAB + ": ok, 2 gateways, 2 certificates, 3 applications\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aFileWithProblemsIsNamedWithAllOfThemAndTheOthersAreStillChecked() throws IOException {
    var wrong =
        Files.writeString(folder.resolve("Pulumi.wrong.yaml"), "config: {starbase:cluster: 1}\n");

    assertThat(run("check", wrong.toString(), LAB)).isEqualTo(1);
    assertThat(err)
        .hasToString(
            """
            FILE: the configuration has 7 problems
              FILE:1: starbase:cluster: 1 is not a map; allowed: keys with values below it
              FILE:1: starbase:namespaces: is missing; allowed: names, such as app-x: {}
              FILE:1: starbase:gatewayApi: is missing; allowed: version, source and files below the key
              FILE:1: starbase:cilium: is missing; allowed: chart, addresses and interfaces below the key
              FILE:1: starbase:certs: is missing; allowed: chart, issuer and certificates below the key
              FILE:1: starbase:gateways: is missing; allowed: names, each with namespace and listeners below it
              FILE:1: starbase:apps: is missing; allowed: names, each with namespace, hostnames and service below it
            """
                .replace("FILE", wrong.toString()));
    assertThat(out.toString()).startsWith(LAB + ": ok");
  }

  @Test
  void sevenMistakesOfSevenKindsAreSevenMessagesWithTheirLines() throws IOException {
    var lab = Files.readString(StackFiles.of("lab"));
    var wrong =
        Files.writeString(
            folder.resolve("Pulumi.seven.yaml"),
            lab.replace("192.168.1.101-192.168.1.114", "192.168.1.100/28")
                .replace("address: 192.168.1.22", "address: 192.168.1.11")
                .replace("certificate: cert-starbase", "certificate: cert-starbsae")
                .replace("gateway: gateway-internal", "gatway: gateway-internal")
                .replace("version: v1.21.2", "version: v1.20.3")
                .replace("port: 3000\n      workload", "port: 300000\n      workload")
                .replace("namespace: app-x", "namespace: appx"));

    assertThat(run("check", wrong.toString())).isEqualTo(1);
    assertThat(err)
        .hasToString(
            """
            FILE: the configuration has 7 problems
              FILE:32: starbase:machines.w2.address: "192.168.1.11" is already used by starbase:machines.cp1.address; allowed: a free one, such as 192.168.1.5
              FILE:75: starbase:cilium.addresses[0]: "192.168.1.100/28" is not aligned: /28 is a block of 16 addresses, and 192.168.1.100 is in the block 192.168.1.96-192.168.1.111; allowed: 192.168.1.96/28, or a range, such as 192.168.1.101-192.168.1.114
              FILE:89: starbase:certs.chart.version: "v1.20.3" does not run on Kubernetes 1.36.5 (starbase:cluster.plan.kubernetes); allowed: cert-manager 1.20 on Kubernetes 1.32 to 1.35
              FILE:127: starbase:gateways.gateway-external.listeners[1].certificate: "cert-starbsae" is not defined in starbase:certs.certificates; did you mean "cert-starbase"? allowed: argocd-tls-secret, cert-starbase
              FILE:131: starbase:apps.argocd.gatway: is not known; did you mean "gateway"? allowed: namespace, gateway, listeners, gateways, hostnames, service, workload, variants, route, metadata
              FILE:153: starbase:apps.homepage.service.port: 300000 is not a port; allowed: 1 to 65535
              FILE:161: starbase:apps.app-x.namespace: "appx" is not defined in starbase:namespaces; did you mean "app-x"? allowed: app-x, argocd, cert-manager, gateway, homepage
            """
                .replace("FILE", wrong.toString()));
  }

  @Test
  void warningsAreListedAndLetTheFilePass() throws IOException {
    var lab = Files.readString(StackFiles.of("lab"));
    var file =
        Files.writeString(
            folder.resolve("Pulumi.idle.yaml"), lab.replace("replicas: 2", "replicas: 0"));

    assertThat(run("check", file.toString())).isZero();
    assertThat(out)
        .hasToString(file + ": ok, 2 gateways, 2 certificates, 3 applications; 1 warning\n");
    assertThat(err)
        .hasToString(
            "  FILE:173: warning: starbase:apps.app-x.workload.replicas: 0 leaves no pod to answer: its pages show 503; allowed: 1 or more\n"
                .replace("FILE", file.toString()));
  }

  @Test
  void anUnknownCommandIsAnErrorOfTheCommandLine() {
    assertThat(run("chekc")).isEqualTo(2);
    assertThat(err.toString()).contains("Did you mean: starbase check?");
  }
}
