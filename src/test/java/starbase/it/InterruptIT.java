package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The engine is killed where it hurts: while a machine is made, and while etcd is begun. (Above
 * machines: {@link CrashIT}.) The next up converges, with the same machine and the same cluster.
 */
@ExtendWith(SmallLab.class)
@Order(2)
class InterruptIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** The pattern does not find the shell that it stands in. */
  private static final String KILL_AT_BOOTSTRAP =
      """
      for look in $(seq 9000); do
        if pgrep -f '[t]alos.sh bootstrap' >/dev/null; then
          exec pkill -KILL -x pulumi
        fi
        sleep 0.02
      done
      exit 1
      """;

  private final SmallLab.Running lab;
  private final Simulator simulator;

  InterruptIT(SmallLab.Running lab) {
    this.lab = lab;
    this.simulator = lab.simulator();
  }

  @AfterAll
  static void nothingIsLeft(SmallLab.Running lab) {
    lab.destroy().succeeded();
  }

  @Test
  void anEngineThatIsKilledAtAMachineAndAgainAtEtcdLeavesOneOfEach() {
    lab.destroy().succeeded();
    assertThat(simulator.left()).isEmpty();
    assertThat(simulator.busy()).isEmpty();
    var stack = new SmallStack();
    var bootstraps = simulator.bootstraps();
    simulator.fail("slow-task", "--vmid=" + SmallStack.CONTROL_PLANE, "--seconds=300");
    var newest = simulator.newest();
    var first = lab.startUp(stack);
    Wait.until(
        "the machine is being started",
        PATIENCE,
        () -> simulator.events(newest).stream().anyMatch(Simulator.is("task", "qmstart began")),
        first::said);
    lab.project().exec("pkill", "-KILL", "-x", "pulumi").succeeded();
    assertThat(first.await().exitCode()).isNotZero();
    var machine = simulator.machines().get("cp1");
    simulator.clear();

    var second = lab.startUp(stack);
    lab.project().exec("sh", "-c", KILL_AT_BOOTSTRAP).succeeded();
    assertThat(second.await().exitCode()).isNotZero();

    // On a terminal, the engine once panicked at the encrypted output of commands.
    var third = lab.upOnTerminal(stack).succeeded();
    System.out.printf("an up on a terminal after two kills: %d s%n", third.took().toSeconds());
    assertThat(third.out()).as("on a terminal").contains("\u001B[");
    assertThat(simulator.machines()).containsOnlyKeys("cp1");
    assertThat(simulator.machines().get("cp1").disk()).isEqualTo(machine.disk());
    assertThat(simulator.bootstraps() - bootstraps).isEqualTo(1);
    assertThat(lab.project().lab("talosctl", "etcd", "members").succeeded().out().lines())
        .as("a heading and one member")
        .hasSize(2);
    lab.up(stack, "--expect-no-changes").succeeded();
    assertThat(simulator.unknown()).isEmpty();
  }
}
