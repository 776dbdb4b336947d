package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A machine without power: its addresses answer from another one, and it comes back. Each test puts
 * the lab back.
 */
@ExtendWith(VirtualLab.class)
class PowerIT {

  /**
   * The others look at a lease every 2 s to 4.4 s (retry period and jitter of client-go): one look
   * may see the last renewal that much later, and one more comes that much after the end.
   */
  private static final Duration TWO_LOOKS = Duration.ofMillis(2 * 4400);

  private final VirtualLab.Running lab;
  private final Machines machines;
  private final Client client;

  PowerIT(VirtualLab.Running lab) {
    this.lab = lab;
    this.machines = new Machines(lab);
    this.client = new Client(lab);
    lab.firstUp().succeeded();
  }

  @Test
  void theAddressOfAGatewayAnswersFromAnotherNodeWithinTheLeaseTime() {
    var announcer = announcingWorker();
    var lease =
        Duration.ofSeconds(
            machines.lease("gateway-external").at("/spec/leaseDurationSeconds").asInt());
    awayFrom(announcer);
    var cut = Instant.now();
    try {
      machines.off(announcer);
      assertThat(lab.project().lab("power").succeeded().out())
          .containsPattern(announcer + " +\\S+ +off");
      var watcher =
          Watcher.watch(
              lab,
              "[ \"$(curl -sk -o /dev/null --max-time 2 -w '%{http_code}' https://home.starbasestudio.uk/)\" = 200 ]");
      var took = Duration.between(cut, watcher.seen());
      System.out.printf("192.168.1.102 answers again after %d ms%n", took.toMillis());
      assertThat(took).isLessThan(lease.plus(TWO_LOOKS));
      assertThat(machines.announcer("gateway-external")).isNotEqualTo(announcer);
      machines.awaitReady(announcer, "Unknown");
    } finally {
      machines.on(announcer);
      lab.exec("kubectl", "uncordon", announcer).succeeded();
    }
    assertThat(client.said("%{http_code}", "https://home.starbasestudio.uk/")).isEqualTo("200");
  }

  /**
   * Without the only API server nobody can be elected: if its node announces, its agent has to give
   * the lease up.
   */
  private String announcingWorker() {
    for (int attempt = 0; attempt < 5; attempt++) {
      var announcer = machines.announcer("gateway-external");
      if (!announcer.startsWith("cp")) {
        return announcer;
      }
      lab.exec(
              "kubectl",
              "delete",
              "pods",
              "-n",
              "kube-system",
              "-l",
              "k8s-app=cilium",
              "--field-selector",
              "spec.nodeName=" + announcer)
          .succeeded();
      Wait.until(
          "somebody has the lease",
          Duration.ofMinutes(1),
          () -> !machines.announcer("gateway-external").isEmpty(),
          () -> machines.lease("gateway-external").toPrettyString());
    }
    throw new AssertionError("no worker got the lease in five elections");
  }

  /** Moves homepage's only pod: a page whose workload died with the machine can't answer. */
  private void awayFrom(String node) {
    lab.exec("kubectl", "cordon", node).succeeded();
    lab.exec("kubectl", "delete", "pods", "-n", "homepage", "--all").succeeded();
    lab.exec(
            "kubectl", "rollout", "status", "-n", "homepage", "deployment/homepage", "--timeout=2m")
        .succeeded();
  }
}
