package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever is interrupted, the next {@code up} converges. (A killed first install: {@link
 * FirstInstallIT}.)
 */
@ExtendWith(VirtualLab.class)
class CrashIT {

  private final VirtualLab.Running lab;

  CrashIT(VirtualLab.Running lab) {
    this.lab = lab;
    lab.firstUp().succeeded();
  }

  @AfterEach
  void asItWas() {
    lab.project().restore();
    lab.up().succeeded();
  }

  @Test
  void controlCInTheMiddleOfAnUpdateIsOvercome() {
    var up = upWhoseRouteWaits();
    lab.exec("pkill", "-INT", "-x", "pulumi").succeeded();
    lab.exec("pkill", "-CONT", "-x", "cilium-operator").succeeded();
    assertThat(up.await().exitCode()).isNotZero();
    lab.up().succeeded();
    assertThat(hostname()).isEqualTo("crash.starbasestudio.uk");
  }

  @Test
  void aKilledEngineIsOvercome() {
    var up = upWhoseRouteWaits();
    lab.exec("pkill", "-KILL", "-x", "pulumi").succeeded();
    lab.exec("pkill", "-CONT", "-x", "cilium-operator").succeeded();
    assertThat(up.await().exitCode()).isNotZero();
    lab.up().succeeded();
    assertThat(hostname()).isEqualTo("crash.starbasestudio.uk");
  }

  @Test
  void aKilledLabGoesOnWhereItWas() {
    var init = lab.exec("cat", "/proc/1/stat").succeeded();
    assertThat(init.out()).startsWith("1 ");
    lab.exec(
        "sh", "-c", "kill -KILL -1"); // every process but the first; the daemon's end is the lab's
    Wait.until(
        "the lab has ended",
        Duration.ofSeconds(20),
        () -> lab.exec("true").exitCode() != 0,
        () -> "a command still runs inside");
    lab.up().succeeded();
    assertThat(hostname()).isEqualTo("app.starbasestudio.uk");
  }

  /** An up that waits: the operator stands still, so the changed route is not accepted. */
  private Command upWhoseRouteWaits() {
    lab.project()
        .edit(file -> file.replace("- app.starbasestudio.uk", "- crash.starbasestudio.uk"));
    lab.exec("pkill", "-STOP", "-x", "cilium-operator").succeeded();
    var up = lab.project().startLab("up");
    Wait.until(
        "the display says that it waits",
        Duration.ofMinutes(2),
        () -> up.said().contains("waiting for HTTPRoute"),
        up::said);
    return up;
  }

  private String hostname() {
    return lab.get("httproute", "-n", "app-x", "app-x").at("/spec/hostnames/0").asText();
  }
}
