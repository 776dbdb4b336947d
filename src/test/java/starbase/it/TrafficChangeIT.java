package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What changes reaches clients soon after the cluster calls it ready, while another page is
 * requested every 100 ms and loses none. Each test puts the lab back.
 */
@ExtendWith(VirtualLab.class)
class TrafficChangeIT {

  private static final String ELSEWHERE = "https://home.starbasestudio.uk/";
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final String SERIAL =
      "openssl s_client -connect argocd.starbasestudio.uk:443 -servername argocd.starbasestudio.uk </dev/null 2>/dev/null | openssl x509 -noout -serial 2>/dev/null";

  private final VirtualLab.Running lab;
  private final Client client;

  TrafficChangeIT(VirtualLab.Running lab) {
    this.lab = lab;
    this.client = new Client(lab);
    lab.firstUp().succeeded();
  }

  @AfterEach
  void asItWas() {
    lab.project().restore();
    lab.up().succeeded();
  }

  @Test
  void aChangedHostname() {
    try (var load = client.load(ELSEWHERE).flows()) {
      var watcher = Watcher.watch(lab, answers("https://shop.starbasestudio.uk/", "200"));
      var up = changed("- app.starbasestudio.uk", "- shop.starbasestudio.uk");
      var accepted = once("the route is accepted under its new name", () -> accepted("shop"));
      assertThat(watcher.seen()).isBefore(accepted.plus(SOON));
      assertThat(client.said("%{http_code}", "https://app.starbasestudio.uk/"))
          .as("the old name")
          .isEqualTo("404");
      up.await().succeeded();
      load.lostNone();
    }
  }

  @Test
  void aRenewedCertificate() {
    try (var load = client.load(ELSEWHERE).flows()) {
      var before = serial();
      var watcher =
          Watcher.watch(
              lab,
              "serial=$(%s) && [ -n \"$serial\" ] && [ \"$serial\" != '%s' ]"
                  .formatted(SERIAL, before));
      renew();
      var issued = once("the certificate is issued anew", () -> !stored().equals(before));
      assertThat(watcher.seen()).isBefore(issued.plus(SOON));
      assertThat(serial()).isEqualTo(stored());
      assertThat(client.said("%{http_code}", "https://argocd.starbasestudio.uk/")).isEqualTo("200");
      load.lostNone();
    }
  }

  @Test
  void aScaledWorkload() {
    try (var load = client.load(ELSEWHERE).flows()) {
      var known =
          lab.exec("kubectl", "get", "pods", "-n", "app-x", "-o", "name")
              .succeeded()
              .out()
              .replace("pod/", "");
      var another =
          "curl -sk --max-time 2 https://app.starbasestudio.uk/ | sed -n 's/^pod: //p' | grep -qvxF '%s'"
              .formatted(known.strip());
      var watcher = Watcher.watch(lab, another);
      var up = changed("replicas: 2", "replicas: 3");
      var ready = once("three pods are ready", () -> ready() == 3);
      assertThat(watcher.seen()).isBefore(ready.plus(SOON));
      up.await().succeeded();
      load.lostNone();
    }
  }

  /** An {@code up} of the stack file with one change. */
  private Command changed(String before, String after) {
    lab.project().edit(file -> file.replace(before, after));
    return lab.project().startLab("up");
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

  private boolean accepted(String host) {
    var route = lab.get("httproute", "-n", "app-x", "app-x");
    var generations =
        route.at("/status/parents/0/conditions").findValuesAsText("observedGeneration");
    return route.at("/spec/hostnames/0").asText().equals(host + ".starbasestudio.uk")
        && !generations.isEmpty()
        && generations.stream().allMatch(route.at("/metadata/generation").asText()::equals);
  }

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
            .formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS));
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

  private int ready() {
    return lab.get("deployment", "-n", "app-x", "app-x").at("/status/readyReplicas").asInt();
  }
}
