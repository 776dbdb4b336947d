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

  /** Of etcd, then of the address, on a slow machine; both take seconds. */
  private static final Duration ELECTIONS = Duration.ofMinutes(2);

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
    var announcer = machines.announcingWorker("gateway-external");
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

  @Test
  void theSharedAddressMovesWhenItsControlPlaneLosesPowerAndEtcdGoesOn() {
    var talos = new Talos(lab);
    var begun = new Simulator(lab.project()).bootstraps();
    var holder = machines.holder(Talos.VIP);
    assertThat(holder).as("who has the shared address").startsWith("cp");
    var cut = Instant.now();
    try {
      machines.off(holder);
      Wait.until(
          "another control plane has the shared address, and Kubernetes answers there",
          ELECTIONS,
          () -> answersAtSharedAddress() && !machines.holder(Talos.VIP).equals(holder),
          () -> lab.exec("kubectl", "get", "--raw", "/readyz").all());
      System.out.printf(
          "the shared address answers again after %d ms%n",
          Duration.between(cut, Instant.now()).toMillis());
      Wait.until(
          "a page answers, even if that machine announced its address",
          ELECTIONS,
          () -> status().equals("200"),
          this::status);
    } finally {
      machines.on(holder);
    }
    // The node may still be called Ready from before: that etcd is back says the machine itself.
    Wait.until(
        "the machine that was off is a member of etcd again",
        ELECTIONS,
        () -> talos.ctl("etcd", "members").exitCode() == 0,
        () -> talos.ctl("etcd", "members").all());
    assertThat(talos.members()).containsExactly("cp1", "cp2", "cp3");
    assertThat(new Simulator(lab.project()).bootstraps()).isEqualTo(begun);
  }

  private boolean answersAtSharedAddress() {
    return lab.exec(
                "kubectl",
                "--server=https://%s:6443".formatted(Talos.VIP),
                "--request-timeout=5s",
                "get",
                "--raw",
                "/readyz")
            .exitCode()
        == 0;
  }

  /** Of a page, however its request ends. */
  private String status() {
    return client
        .curl(
            "--max-time",
            "5",
            "-o",
            "/dev/null",
            "-w",
            "%{http_code}",
            "https://home.starbasestudio.uk/")
        .out();
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
