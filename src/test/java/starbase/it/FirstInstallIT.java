package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The first install on a cluster that is there already, by a user without privileges, and killed in
 * its middle. Needs a lab of its own: only a first install can leave Helm's {@code pending-install}
 * behind, only a lab that was started without privileges shows that none are needed, and the other
 * labs make their clusters. (A first install of those, killed: {@link InterruptIT}.)
 */
@Order(3)
class FirstInstallIT {

  private static final Unprivileged NOBODY = Unprivileged.create(ExistingCluster::of);

  /** By a watch: an install takes less time than a question from outside the lab. */
  private static final String KILL_AT_INSTALL =
      """
      timeout 300 kubectl get secrets -n kube-system -l status=pending-install -o name --watch |
        { grep -m 1 -q cilium && pkill -KILL -x pulumi && killed=yes
          pkill -x kubectl
          [ "$killed" = yes ]; }
      """;

  @AfterAll
  static void clean() {
    NOBODY.close();
  }

  @Test
  void anEngineKilledInItsFirstHelmInstallIsOvercomeByTheNextUpAndDownLeavesNothing()
      throws Exception {
    var killed = NOBODY.startLab("up");
    Wait.until("the cluster answers", Duration.ofMinutes(6), () -> answers(killed), killed::said);
    NOBODY.lab("exec", "--", "sh", "-c", KILL_AT_INSTALL).succeeded();
    assertThat(killed.await().exitCode()).isNotZero();

    var next = NOBODY.lab("up");
    assertThat(next.succeeded().out()).contains("gateway-internal", "gateway-external");
    System.out.printf(
        "an up after a kill in the first install, without privileges: %d s%n",
        next.took().toSeconds());
    assertThat(
            NOBODY
                .lab("exec", "--", "cat", "/proc/self/uid_map")
                .succeeded()
                .out()
                .trim()
                .split("\\s+"))
        .as("inside: root; outside: the user; one id in all")
        .containsExactly("0", NOBODY.id(), "1");

    var simulated = NOBODY.lab("sim", "state");
    assertThat(simulated.exitCode()).isNotZero();
    assertThat(simulated.all()).contains("starbase:cluster.kind is existing");

    NOBODY.lab("down").succeeded();
    assertThat(NOBODY.processes()).isEmpty();
    assertThat(NOBODY.labFolders()).isEmpty();
    assertThat(Files.readString(Path.of("/proc/self/mounts")))
        .doesNotContain(NOBODY.folder().toString());
  }

  private static boolean answers(Command up) {
    assertThat(up.process().isAlive()).as("up goes on: %s", up.said()).isTrue();
    return NOBODY.lab("kubectl", "get", "namespaces").exitCode() == 0;
  }
}
