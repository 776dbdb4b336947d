package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * While it waits for the cluster, the Java program leaves the machine to it. The limits are the
 * project's own; SDK 1.36.1 by itself takes a whole core and a gigabyte. The wait is a real one:
 * the controllers of Deployments are stopped, and nothing restarts them.
 */
@ExtendWith(VirtualLab.class)
class QuietIT {

  private static final Duration WINDOW = Duration.ofSeconds(15);

  /** Does not match the command line of pkill itself. */
  private static final String CONTROLLERS = "[k]ube-controller-manager --";

  private static final double TICKS_PER_SECOND = 100;

  @Test
  void theWaitingProgramTakesAtMostATenthOfACoreAnd450Mebibytes(VirtualLab.Running lab)
      throws Exception {
    lab.firstUp().succeeded();
    lab.project().edit(file -> file.replace("        replicas: 2\n", "        replicas: 3\n"));
    lab.exec("pkill", "-STOP", "-f", CONTROLLERS).succeeded();
    var up = lab.project().startLab("up");
    try {
      Wait.until(
          "the Deployment is being updated", Duration.ofMinutes(2), () -> waits(up), up::said);
      var pid = lab.exec("pgrep", "-x", "java").succeeded().out().strip();
      assertThat(pid).as("one program runs").matches("\\d+");
      var before = ticks(lab, pid);
      TimeUnit.SECONDS.sleep(WINDOW.toSeconds()); // the window of the measurement
      var share = (ticks(lab, pid) - before) / TICKS_PER_SECOND / WINDOW.toSeconds();
      var mebibytes = resident(lab, pid);
      System.out.printf("the waiting program: %.1f %% of a core, %d MiB%n", share * 100, mebibytes);
      assertThat(share).isLessThanOrEqualTo(0.10);
      assertThat(mebibytes).isLessThanOrEqualTo(450);
    } finally {
      lab.exec("pkill", "-CONT", "-f", CONTROLLERS).succeeded();
      up.await().succeeded();
      lab.project().restore();
      lab.up().succeeded();
    }
  }

  private static boolean waits(Command up) {
    return up.said().contains("Deployment apps/app-x/app-x updating");
  }

  private static long ticks(VirtualLab.Running lab, String pid) {
    var stat = lab.exec("cat", "/proc/" + pid + "/stat").succeeded().out();
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[11])
        + Long.parseLong(fields[12]); // utime and stime, proc_pid_stat(5)
  }

  private static long resident(VirtualLab.Running lab, String pid) {
    var status = lab.exec("cat", "/proc/" + pid + "/status").succeeded().out();
    return status
            .lines()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / 1024;
  }
}
