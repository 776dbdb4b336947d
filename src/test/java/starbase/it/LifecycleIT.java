package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import starbase.testing.StackYaml;

/**
 * The life of the lab's machines by its stack file: one comes and goes, a control plane is
 * exchanged, all are upgraded, all go, all are made again. In the one lab, as only there are pages
 * that must not notice; last of all classes, as what was seen of the first cluster is lost with it.
 * Proves what our script, the real talosctl and provider ask for and in which order; not that real
 * disks survive an installer, nor a real upgrade of Kubernetes.
 */
@ExtendWith(VirtualLab.class)
@Order(Integer.MAX_VALUE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LifecycleIT {

  private static final List<String> PAGES =
      List.of(
          "https://home.starbasestudio.uk/",
          "https://homepage.starbasestudio.uk/",
          "https://app.starbasestudio.uk/",
          "https://argocd.starbasestudio.uk/");

  private static final JsonNode MISSING = MissingNode.getInstance();

  private static final String NEWER = "v1.13.10";

  private final VirtualLab.Running lab;
  private final Talos talos;
  private final Simulator simulator;
  private final Client client;

  LifecycleIT(VirtualLab.Running lab) {
    this.lab = lab;
    this.talos = new Talos(lab);
    this.simulator = new Simulator(lab.project());
    this.client = new Client(lab);
    lab.firstUp().succeeded();
  }

  @AfterAll
  void asItWas() {
    simulator.clear();
    lab.project().restore();
    lab.up().succeeded();
  }

  @Test
  @Order(1)
  void aThirdWorkerComesAndGoesWithoutALostRequest() {
    var loads = PAGES.stream().map(client::load).toList();
    try {
      loads.forEach(Client.Load::flows);
      var came = up(with(new StackYaml(), "w1", "w3", 123));
      assertThat(talos.readyNodes()).containsExactly("cp1", "cp2", "cp3", "w1", "w2", "w3");

      lab.project().restore();
      var went = lab.up().succeeded();
      assertThat(lab.names("nodes")).containsExactly("cp1", "cp2", "cp3", "w1", "w2");
      assertThat(simulator.machines()).containsOnlyKeys("cp1", "cp2", "cp3", "w1", "w2");
      assertThat(talos.members()).containsExactly("cp1", "cp2", "cp3");
      loads.forEach(Client.Load::lostNone);
      System.out.printf(
          "a worker comes in %d s and goes in %d s%n",
          came.took().toSeconds(), went.took().toSeconds());
    } finally {
      loads.forEach(Client.Load::close);
    }
    assertThat(simulator.unknown()).isEmpty();
  }

  @Test
  @Order(2)
  void aControlPlaneIsExchangedAndExchangedBackWithoutASecondCluster() {
    var bootstraps = simulator.bootstraps();
    var exchanged = with(new StackYaml(), "cp1", "cp4", 114);
    exchanged
        .set("/starbase:machines/cp3", MISSING)
        .set("/starbase:machines/cp4/protect", BooleanNode.FALSE);

    lab.project().configure(exchanged.block());
    var refused = upWithQuorum();
    assertThat(refused.exitCode()).as("it is protected").isNotZero();
    assertThat(refused.all())
        .contains("talos-config-cp3", "because it is protected")
        .doesNotContainPattern("talos-\\w+-cp3 deleted");
    assertThat(talos.members()).containsExactly("cp1", "cp2", "cp3", "cp4");

    up(new StackYaml().set("/starbase:machines/cp3/protect", BooleanNode.FALSE));
    lab.project().configure(exchanged.block());
    upWithQuorum().succeeded();
    assertThat(talos.members()).containsExactly("cp1", "cp2", "cp4");
    assertThat(lab.names("nodes")).containsExactly("cp1", "cp2", "cp4", "w1", "w2");
    assertThat(simulator.machines()).doesNotContainKey("cp3");

    lab.project().restore();
    upWithQuorum().succeeded();
    assertThat(talos.members()).containsExactly("cp1", "cp2", "cp3");
    assertThat(talos.readyNodes()).containsExactly("cp1", "cp2", "cp3", "w1", "w2");
    assertThat(simulator.bootstraps()).isEqualTo(bootstraps);
    assertThat(simulator.unknown()).isEmpty();
  }

  @Test
  @Order(3)
  void anUpgradeOfKubernetesCanBeRehearsed() {
    var rehearsed = talos.ctl("upgrade-k8s", "--to", kubernetes(), "--dry-run");
    assertThat(rehearsed.exitCode()).as(rehearsed.all()).isZero();
  }

  @Test
  @Order(4)
  void talosIsUpgradedInPlaceOneMachineAfterTheOther() {
    var before = disks();
    var newest = simulator.newestOnMachines();
    var up = up(new StackYaml().set("/starbase:cluster/plan/talos", new TextNode(NEWER)));
    System.out.printf("an upgrade of Talos on five machines: %d s%n", up.took().toSeconds());

    var events = simulator.eventsOnMachines(newest);
    assertThat(events)
        .filteredOn(Simulator.is("upgrade", "installed"))
        .extracting(event -> event.at("/machine").asText())
        .as("control planes first")
        .containsExactly("cp1", "cp2", "cp3", "w1", "w2");
    oneAtATime(events);
    assertThat(disks()).as("generations of the disks").isEqualTo(before);
    for (var address :
        Stream.concat(Talos.CONTROL_PLANES.stream(), Talos.WORKERS.stream()).toList()) {
      assertThat(talos.version(address)).as(address).isEqualTo(NEWER);
    }
    assertThat(talos.members()).containsExactly("cp1", "cp2", "cp3");

    var later = simulator.newestOnMachines();
    lab.up().succeeded();
    assertThat(simulator.eventsOnMachines(later))
        .as("what happened when it was there already")
        .noneMatch(event -> List.of("upgrade", "reboot").contains(event.at("/kind").asText()));
  }

  /** One preset of faults goes through the whole lab here: its machines are made again. */
  @Test
  @Order(5)
  void allIsDestroyedAndMadeAgainThroughAFault() {
    var destroyed = lab.project().lab("destroy").succeeded();
    System.out.printf("./lab destroy: %d s%n", destroyed.took().toSeconds());
    assertThat(simulator.left()).as("machines, disks and images that are left").isEmpty();
    assertThat(simulator.busy()).isEmpty();
    assertThat(simulator.unknown()).isEmpty();
    var status = lab.project().lab("status");
    assertThat(status.exitCode()).isEqualTo(1);
    assertThat(status.all())
        .isEqualTo(
            "the lab runs, but no cluster in it: nothing was brought up yet, or it was destroyed."
                + " Bring it up with ./lab up\n");

    lab.project().restore();
    simulator.fail("cannot-lock");
    var bootstraps = simulator.bootstraps();
    lab.up().succeeded();
    assertThat(simulator.struck()).containsExactly("cannot-lock");
    assertThat(simulator.bootstraps() - bootstraps).isEqualTo(1);
    assertThat(talos.members()).containsExactly("cp1", "cp2", "cp3");
    assertThat(talos.readyNodes()).containsExactly("cp1", "cp2", "cp3", "w1", "w2");
    for (var page : PAGES) {
      assertThat(client.said("%{http_code}", page)).isEqualTo("200");
    }
    assertThat(simulator.unknown()).isEmpty();
  }

  /** The stack file with one more machine, like another one, on the LAN by its number. */
  private static StackYaml with(StackYaml yaml, String like, String name, int id) {
    var machine = (ObjectNode) yaml.config().at("/starbase:machines/" + like).deepCopy();
    return yaml.set(
        "/starbase:machines/" + name,
        machine.put("vmId", id).put("address", "192.168.1." + (id - 100)));
  }

  private Outcome up(StackYaml yaml) {
    lab.project().configure(yaml.block());
    return lab.up().succeeded();
  }

  /** An up during which etcd always has three members or more: two of three were still a quorum. */
  private Outcome upWithQuorum() {
    var up = lab.project().startLab("up");
    var counts = new TreeSet<Integer>();
    Wait.until(
        "the up ends",
        Duration.ofMinutes(12),
        () -> {
          var members = talos.ctl("etcd", "members");
          if (members.exitCode() == 0) {
            counts.add(Talos.members(members).size());
          }
          return !up.process().isAlive();
        },
        up::said);
    assertThat(counts).as("how many members etcd had").isNotEmpty().allMatch(count -> count >= 3);
    return up.await();
  }

  private String kubernetes() {
    return new StackYaml().config().at("/starbase:cluster/plan/kubernetes").asText();
  }

  private Map<String, Integer> disks() {
    return simulator.machines().values().stream()
        .collect(Collectors.toMap(Simulator.Machine::name, Simulator.Machine::disk));
  }

  /** Between a machine's reboot and its being up again, no other reboots. */
  private static void oneAtATime(List<JsonNode> events) {
    var away = "";
    for (var event : events) {
      var machine = event.at("/machine").asText();
      if (Simulator.is("stage", "configured").test(event) && machine.equals(away)) {
        away = "";
      }
      if (event.at("/kind").asText().equals("reboot")) {
        assertThat(away).as("who is away while %s reboots", machine).isIn("", machine);
        away = machine;
      }
    }
  }
}
