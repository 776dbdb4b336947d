package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What changes in the cluster reaches clients soon after the cluster calls it ready, while another
 * page is requested every 100 ms and loses none. Each test puts the lab back. Changes are made past
 * the program, by kubectl: a change by the program is {@link ChangeIT}'s.
 */
@ExtendWith(VirtualLab.class)
class TrafficChangeIT {

  private static final String ELSEWHERE = "https://home.starbasestudio.uk/";
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final VirtualLab.Running lab;
  private final Client client;

  TrafficChangeIT(VirtualLab.Running lab) {
    this.lab = lab;
    this.client = new Client(lab);
    lab.firstUp().succeeded();
  }

  @Test
  void aChangedHostname() {
    var load = client.load(ELSEWHERE).flows();
    try {
      var watcher = Watcher.watch(lab, answers("https://shop.starbasestudio.uk/", "200"));
      hostname("shop.starbasestudio.uk");
      assertThat(watcher.seen())
          .isBefore(once("the route is accepted as it is now", this::accepted).plus(SOON));
      assertThat(client.said("%{http_code}", "https://app.starbasestudio.uk/"))
          .as("the old name")
          .isEqualTo("404");
    } finally {
      var watcher = Watcher.watch(lab, answers("https://app.starbasestudio.uk/", "200"));
      hostname("app.starbasestudio.uk");
      watcher.seen();
    }
    load.lostNone();
  }

  @Test
  void aRenewedCertificate() {
    var load = client.load(ELSEWHERE).flows();
    var before = serial();
    var watcher =
        Watcher.watch(
            lab,
            "serial=$(%s) && [ -n \"$serial\" ] && [ \"$serial\" != '%s' ]"
                .formatted(SERIAL, before));
    renew();
    assertThat(watcher.seen())
        .isBefore(
            once("the certificate is issued anew", () -> !stored().equals(before)).plus(SOON));
    assertThat(serial()).isEqualTo(stored());
    assertThat(client.said("%{http_code}", "https://argocd.starbasestudio.uk/")).isEqualTo("200");
    load.lostNone();
  }

  @Test
  void aScaledWorkload() {
    var load = client.load(ELSEWHERE).flows();
    var known =
        lab.exec("kubectl", "get", "pods", "-n", "app-x", "-o", "name")
            .succeeded()
            .out()
            .replace("pod/", "");
    try {
      var another =
          "curl -sk --max-time 2 https://app.starbasestudio.uk/ | sed -n 's/^pod: //p' | grep -qvxF '%s'"
              .formatted(known.strip());
      var watcher = Watcher.watch(lab, another);
      scale(3);
      assertThat(watcher.seen())
          .isBefore(once("three pods are ready", () -> ready() == 3).plus(SOON));
    } finally {
      scale(2);
      once("two pods are ready", () -> ready() == 2);
    }
    load.lostNone();
  }

  private static String answers(String url, String status) {
    return "[ \"$(curl -sk -o /dev/null --max-time 2 -w '%%{http_code}' %s)\" = %s ]"
        .formatted(url, status);
  }

  /** When a condition was first seen to hold. */
  private static Instant once(String what, BooleanSupplier condition) {
    Wait.until(what, PATIENCE, condition, () -> "it does not");
    return Instant.now();
  }

  private void hostname(String hostname) {
    var patch = "{\"spec\":{\"hostnames\":[\"%s\"]}}".formatted(hostname);
    lab.exec("kubectl", "patch", "httproute", "-n", "app-x", "app-x", "--type=merge", "-p", patch)
        .succeeded();
  }

  private boolean accepted() {
    var route = lab.get("httproute", "-n", "app-x", "app-x");
    var generations =
        route.at("/status/parents/0/conditions").findValuesAsText("observedGeneration");
    return !generations.isEmpty()
        && generations.stream().allMatch(route.at("/metadata/generation").asText()::equals);
  }

  private static final String SERIAL =
      "openssl s_client -connect argocd.starbasestudio.uk:443 -servername argocd.starbasestudio.uk </dev/null 2>/dev/null | openssl x509 -noout -serial 2>/dev/null";

  /** The serial number of the certificate that argocd's page presents. */
  private String serial() {
    return lab.exec("sh", "-c", SERIAL).succeeded().out().strip();
  }

  /** The serial number of the certificate in its secret. */
  private String stored() {
    var script =
        "kubectl get secret -n gateway argocd-tls-secret -o 'jsonpath={.data.tls\\.crt}' | base64 -d | openssl x509 -noout -serial";
    return lab.exec("sh", "-c", script).succeeded().out().strip();
  }

  /** What {@code cmctl renew} does: a condition asks cert-manager for it. */
  private void renew() {
    var condition =
        """
        [{"op": "add", "path": "/status/conditions/-", "value": {"type": "Issuing", "status": "True", "reason": "ManuallyTriggered",
          "message": "a person asked for it", "lastTransitionTime": "%s"}}]"""
            .formatted(Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
    lab.exec(
            "kubectl",
            "patch",
            "certificate",
            "-n",
            "gateway",
            "argocd-tls-secret",
            "--subresource=status",
            "--type=json",
            "-p",
            condition)
        .succeeded();
  }

  private void scale(int replicas) {
    lab.exec("kubectl", "scale", "deployment", "-n", "app-x", "app-x", "--replicas=" + replicas)
        .succeeded();
  }

  private int ready() {
    var deployment = lab.get("deployment", "-n", "app-x", "app-x").at("/status");
    return deployment.at("/replicas").asInt() == deployment.at("/readyReplicas").asInt()
        ? deployment.at("/readyReplicas").asInt()
        : -1;
  }
}
