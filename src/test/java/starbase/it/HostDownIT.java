package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import starbase.testing.StackYaml;

/**
 * A Proxmox host without power, and on it a control plane and a worker: what is not on it can be
 * changed, what is on it is skipped and said to be, and its worker can be taken out. Once the host
 * is back, an {@code up} does what was skipped.
 */
@ExtendWith(VirtualLab.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostDownIT {
  private static final String SKIPPED =
      "starbase:machines.cp2.host: \"pve2\" does not answer (it is offline): skipped;";

  private final VirtualLab.Running lab;
  private final Simulator simulator;
  private final StackYaml stack = new StackYaml();

  HostDownIT(VirtualLab.Running lab) {
    this.lab = lab;
    this.simulator = new Simulator(lab.project());
    lab.firstUp().succeeded();
  }

  @BeforeAll
  void theHostGoesDown() {
    simulator.fail("host-down", "--host=pve2");
  }

  @AfterAll
  void asItWas() {
    simulator.clear();
    lab.project().restore();
    lab.up().succeeded();
    assertThat(lab.names("nodes")).containsExactly("cp1", "cp2", "cp3", "w1", "w2");
    assertThat(simulator.machines().values()).allMatch(Simulator.Machine::on);
  }

  @Test
  @Order(1)
  void aPreviewSaysWhatIsSkipped() {
    assertThat(pulumi("preview").succeeded().all())
        .contains(SKIPPED, "nothing is checked or changed on it, and cp2, w2 stay as it is");
  }

  @Test
  @Order(2)
  void aRouteCanBeChanged() {
    stack.set(
        "/starbase:apps/homepage/hostnames/-",
        new TextNode("while-pve2-is-down.starbasestudio.uk"));
    assertThat(up().all()).contains(SKIPPED);
    assertThat(lab.get("httproute", "homepage", "-n", "homepage").at("/spec/hostnames").toString())
        .contains("while-pve2-is-down.starbasestudio.uk");
  }

  @Test
  @Order(3)
  void itsWorkerCanBeTakenOut() {
    stack.set("/starbase:machines/w2", MissingNode.getInstance());
    assertThat(up().all())
        .contains(
            "skipped: pve2 does not answer, so machine 122 can't be deleted there;",
            "is taken out as a dead machine");
    assertThat(lab.names("nodes")).containsExactly("cp1", "cp2", "cp3", "w1");
    assertThat(simulator.machines()).containsKey("w2");
  }

  @Test
  @Order(4)
  void onceItIsBackTheMachineThatWasTakenOutIsDeleted() {
    simulator.clear();
    assertThat(up().all()).doesNotContain("skipped");
    assertThat(simulator.machines()).containsKey("cp2").doesNotContainKey("w2");
    assertThat(new Talos(lab).members()).containsExactly("cp1", "cp2", "cp3");
  }

  /** By the engine alone: the closing look of {@code ./lab up} tells that nodes are not ready. */
  private Outcome up() {
    lab.project().configure(stack.block());
    return pulumi("up", "--yes", "--skip-preview").succeeded();
  }

  private Outcome pulumi(String... words) {
    return lab.project()
        .lab(Stream.concat(Stream.of("pulumi"), Stream.of(words)).toArray(String[]::new));
  }
}
