package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An {@code up} that waits for what can't become ready ends by itself, soon, and says why. Proves
 * what the real controllers, admission and a real crashing program are quoted with.
 */
@ExtendWith(VirtualLab.class)
class WaitsIT {
  /** An address of the pool that the lab does not use. */
  private static final String TAKEN = "192.168.1.110";

  private final VirtualLab.Running lab;

  WaitsIT(VirtualLab.Running lab) {
    this.lab = lab;
    lab.firstUp().succeeded();
  }

  @AfterEach
  void asItWas() {
    kubectl("delete", "service", "-n", "default", "squatter", "--ignore-not-found");
    kubectl(
        "patch",
        "httproute",
        "-n",
        "homepage",
        "homepage",
        "--type=merge",
        "-p",
        "{\"spec\": {\"rules\": [{\"backendRefs\": [{\"name\": \"homepage\", \"port\": 3000}]}]}}");
    lab.project().restore();
    lab.up().succeeded();
  }

  @Test
  void whatIsWrongInOneLayerIsToldInOneUp() {
    // Behind Pulumi's back: nothing of this route changes in the up, and it is looked at all the
    // same.
    kubectl(
        "patch",
        "httproute",
        "-n",
        "homepage",
        "homepage",
        "--type=json",
        "-p",
        """
        [{"op": "add", "path": "/spec/rules/0/matches",
          "value": [{"path": {"type": "RegularExpression", "value": "/(?!admin).*"}}]}]""");
    kubectl("create", "service", "loadbalancer", "squatter", "-n", "default", "--tcp=80");
    kubectl("annotate", "service", "-n", "default", "squatter", "lbipam.cilium.io/ips=" + TAKEN);
    lab.project()
        .edit(
            file ->
                file.replace(
                        "    argocd: {}",
                        "    argocd: {labels: {pod-security.kubernetes.io/enforce: restricted}}")
                    .replace("WHOAMI_NAME: argocd", "WHOAMI_NAME: changed")
                    .replace("address: 192.168.1.103", "address: " + TAKEN));

    var up = lab.up();

    assertThat(up.exitCode()).as(up.all()).isNotZero();
    assertThat(up.all())
        .contains(
            "HTTPRoute homepage/homepage",
            "Accepted is False (UnsupportedValue): Invalid regular expression in path match")
        .contains("Deployment argocd/argocd", "ReplicaSet argocd-", "violates PodSecurity")
        .contains(
            "Service app-x/app-svc",
            "The IP '" + TAKEN + "' is already allocated to another service")
        .doesNotContain("\tat ", "Exception");
    assertThat(up.took()).isLessThan(Duration.ofMinutes(3));
  }

  @Test
  void aCrashingPodIsNamedWithItsLastWords() {
    lab.project()
        .edit(
            file ->
                file.replace(
                    "      version: v1.21.2\n",
                    "      version: v1.21.2\n    values: {extraArgs: [--no-such-flag]}\n"));

    var up = lab.up();

    assertThat(up.exitCode()).as(up.all()).isNotZero();
    assertThat(up.all())
        .contains(
            "Release cert-manager/cert-manager",
            "Deployment cert-manager: pod cert-manager-",
            "container cert-manager-controller ended with exit code 1",
            "unknown flag: --no-such-flag")
        .doesNotContain("\tat ", "Exception");
    assertThat(up.took()).isLessThan(Duration.ofMinutes(3));
  }

  private void kubectl(String... words) {
    lab.project()
        .lab(Stream.concat(Stream.of("kubectl"), Stream.of(words)).toArray(String[]::new))
        .succeeded();
  }
}
