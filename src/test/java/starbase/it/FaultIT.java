package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import starbase.LowerLayers;

/**
 * Everything that the simulated hosts and machines can let go wrong: an up survives it, or fails
 * with the message of the simulators' tables, and the next one converges. Never is a machine made
 * twice, a disk made anew, or a second cluster begun. Proves what the real provider and talosctl,
 * and our script around it, make of answers that were seen in life; not that life has no others.
 *
 * <p>Tests are in the order of one stack's life, each with machines of its own.
 */
@ExtendWith(SmallLab.class)
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultIT {

  private static final String CONTROL_PLANE = "--machine=cp1";
  private static final String ANYWHERE = "--host=";

  /** What goes wrong while machines are made and configured, and is survived; with options. */
  private static final Map<String, List<String>> SURVIVED =
      Map.ofEntries(
          Map.entry("cannot-lock", List.of()),
          Map.entry("no-worker", List.of()),
          Map.entry("slow-task", List.of("--seconds=100")),
          Map.entry("start-warns", List.of()),
          Map.entry("broken-596", List.of()),
          Map.entry("never-boots", List.of()),
          Map.entry("task-invisible", List.of("--host=pve2")),
          Map.entry("content-lags", List.of(ANYWHERE)),
          Map.entry("factory-builds-first", List.of(ANYWHERE)),
          Map.entry("names-lag", List.of()),
          Map.entry("api-late", List.of(CONTROL_PLANE)),
          Map.entry("slow-boot", List.of(CONTROL_PLANE, "--seconds=100")),
          Map.entry("images-slow", List.of(CONTROL_PLANE, "--seconds=100")),
          Map.entry("apply-hangs", List.of(CONTROL_PLANE)),
          Map.entry("apply-reset", List.of(CONTROL_PLANE)),
          Map.entry("apply-reset-after", List.of(CONTROL_PLANE)),
          Map.entry("bootstrap-too-early", List.of(CONTROL_PLANE, "--times=1")),
          Map.entry("time-not-synced", List.of(CONTROL_PLANE, "--times=1")),
          Map.entry("bootstrap-reset-after", List.of(CONTROL_PLANE)),
          Map.entry("kubeconfig-reset", List.of(CONTROL_PLANE)));

  /** What goes wrong while one machine is made, and is not survived; with options. */
  private static final Map<String, List<String>> FATAL =
      Map.ofEntries(
          Map.entry("cannot-lock-start", List.of()),
          Map.entry("start-task-cannot-lock", List.of()),
          Map.entry("start-task-fails", List.of()),
          Map.entry("create-task-fails", List.of()),
          Map.entry("forbidden-download", List.of("--host=pve3")),
          Map.entry("forbidden-create", List.of()),
          Map.entry("storage-full", List.of()),
          Map.entry("storage-offline", List.of("--host=pve4")),
          Map.entry("download-corrupt", List.of("--host=pve5")),
          Map.entry("connection-reset", List.of()),
          Map.entry("connection-reset-after", List.of()));

  private static final List<String> REFRESHED = List.of("vm-vanished", "power-cut");
  private static final List<String> REMOVED =
      List.of("stop-warns", "ignores-shutdown", "slow-destroy");

  /** What is wrong with hosts, and stops an up. */
  private static final List<String> BROKEN_HOSTS = List.of("pve-8.2", "no-import", "no-privilege");

  /** What is wrong with hosts, and stops no up that makes nothing there. */
  private static final List<String> ODD_HOSTS =
      List.of("host-down", "node-unreachable", "clock-skew");

  /** The release that the hosts of the first up run. */
  private static final String OLDEST = "pve-8.4";

  /** Those with a test of their own. */
  private static final List<String> PARTICULAR =
      List.of(
          OLDEST,
          "no-ticket",
          "vmid-taken",
          "file-exists",
          "never-answers",
          "images-refused",
          "ntp-unreachable",
          "members-silent",
          "installer-fails",
          "installer-not-built");

  private final SmallLab.Running lab;
  private final Simulator simulator;
  private final SmallStack stack = new SmallStack();
  private final Map<String, Simulator.Preset> presets;
  private long bootstraps;

  FaultIT(SmallLab.Running lab) {
    this.lab = lab;
    this.simulator = lab.simulator();
    this.presets =
        simulator.presets().stream()
            .collect(Collectors.toMap(Simulator.Preset::name, preset -> preset));
  }

  @BeforeAll
  void nothingIsThereYet() {
    lab.destroy().succeeded();
    bootstraps = simulator.bootstraps();
  }

  @AfterEach
  void nothingGoesWrongAnyMoreAndAllIsAsItShouldBe() {
    simulator.clear();
    assertThat(simulator.unknown())
        .as("what Proxmox was asked for that is not simulated")
        .isEmpty();
    assertThat(simulator.bootstraps() - bootstraps)
        .as("clusters that were begun")
        .isLessThanOrEqualTo(1);
  }

  @Test
  @Order(1)
  void everyPresetOfTheSimulatorsHasItsTestAndEveryOneThatIsSurvivedStrikesInTheFirstUp() {
    assertThat(
            Stream.of(
                    SURVIVED.keySet(),
                    FATAL.keySet(),
                    REFRESHED,
                    REMOVED,
                    BROKEN_HOSTS,
                    ODD_HOSTS,
                    PARTICULAR)
                .flatMap(names -> names.stream()))
        .containsExactlyInAnyOrderElementsOf(presets.keySet());

    SURVIVED.forEach(this::set);
    simulator.fail(OLDEST);
    // Machines that something is done to later on.
    REFRESHED.forEach(preset -> stack.bare(preset, 1));
    REMOVED.forEach(preset -> stack.bare(preset, 1));
    // With colours the engine reads control sequences in what commands print.
    var up = lab.up(stack, "--color=always").succeeded();
    System.out.printf("an up with %d faults: %d s%n", SURVIVED.size(), up.took().toSeconds());
    var expected = new TreeSet<>(SURVIVED.keySet());
    expected.add(OLDEST);
    assertThat(simulator.struck()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(expected).allMatch(name -> preset(name).survived());

    simulator.clear(); // the hosts run the newest release
    lab.up(stack, "--expect-no-changes").succeeded();
    assertThat(simulator.machines().values()).allMatch(Simulator.Machine::on);
  }

  @Test
  @Order(2)
  void aTokenThatIsNotKnownIsToldBeforeAnythingIsMade() {
    simulator.fail("no-ticket");
    fails("no-ticket", lab.up(stack));
  }

  @Test
  @Order(2)
  void whatIsWrongWithHostsIsToldBeforeAnythingIsMadeAndStopsNoUpThatMakesNothingThere() {
    for (var preset : BROKEN_HOSTS) {
      simulator.fail(preset);
      fails(preset, lab.up(stack));
      simulator.clear();
    }
    for (var preset : ODD_HOSTS) {
      simulator.fail(preset, "--host=pve2");
      lab.up(stack, "--expect-no-changes").succeeded();
      simulator.clear();
    }
  }

  @Test
  @Order(0)
  void mistakesWithHostsAreFoundAllInOneRunBeforeAnythingIsMade() {
    var wrong = new SmallStack();
    var noHost = wrong.bare("no-host", 1);
    wrong.host("pve9", "192.168.1.9");
    wrong.set(noHost, "host", new TextNode("pve9"));
    wrong.set(wrong.bare("no-storage", 1), "datastore", new TextNode("local-lvn"));
    wrong.set(wrong.bare("no-bridge", 1), "bridge", new TextNode("vmbr7"));
    wrong.set(wrong.bare("no-pool", 1), "pool", new TextNode("lab"));
    wrong.set(wrong.bare("no-device", 1), "pci", JsonNodeFactory.instance.arrayNode().add("tpu"));
    wrong.set(wrong.bare("no-cores", 1), "cores", new IntNode(64));
    wrong.set(wrong.bare("no-room", 1), "disk", new IntNode(5000));
    wrong.set(wrong.bare("no-memory", 2), "memory", new IntNode(100_000));
    wrong.set(wrong.bare("vlan", 1), "vlan", new IntNode(20));
    var taken = wrong.id(wrong.bare("taken", 1));
    simulator.fail("vmid-taken", "--vmid=" + taken, "--host=pve1");
    simulator.fail("pve-8.2");
    simulator.fail("no-import");
    simulator.fail("no-privilege");
    simulator.fail("clock-skew", "--host=pve2");
    var newest = simulator.newest();
    try {
      var refused = lab.up(wrong);
      assertThat(refused.exitCode()).isNotZero();
      assertThat(refused.all())
          .contains(
              "\"pve9\" is not a host of this Proxmox cluster",
              "\"local-lvn\" is not a storage of pve1; did you mean \"local-lvm\"?",
              "\"vmbr7\" is not a bridge of pve1",
              "\"lab\" is not a pool of this Proxmox cluster",
              "\"tpu\" is not a PCI mapping of this Proxmox cluster",
              "64 are more than pve1 has",
              " GiB free on pve1, and the disks need ",
              "the machines of pve2 have 100000 MiB together",
              "20 is a VLAN on vmbr0 of pve1, which is not VLAN aware",
              taken + " is already used by ",
              "runs Proxmox VE 8.2.7",
              "\"local\" does not allow content type \"import\"",
              "lacks privileges: VM.Migrate",
              "\"pve2\" has a clock that is 7 min ahead of")
          .doesNotContain("\tat ");
      assertThat(simulator.events(newest))
          .filteredOn(event -> event.at("/kind").asText().equals("request"))
          .isNotEmpty()
          .allMatch(event -> event.at("/what").asText().startsWith("GET "));
    } finally {
      simulator.fail("vm-vanished", "--vmid=" + taken);
    }
  }

  /**
   * One after the other: the up that fails on one brings up what failed on the one before. All in
   * one are not to be had: the SDK ends the program at the first failed registration, also with
   * {@code --continue-on-error}.
   */
  @Test
  @Order(3)
  void everyOneThatIsNotSurvivedFailsWithItsMessageAndTheNextUpConverges() {
    var begun = Instant.now();
    var made = new TreeMap<String, Simulator.Machine>();
    var names = new ArrayList<String>();
    for (var preset : new TreeSet<>(FATAL.keySet())) {
      var name = fatal(preset);
      var failed = lab.up(stack);
      assertThat(failed.exitCode()).as("exit code: %s", failed.all()).isNotZero();
      assertThat(simulator.struck()).containsExactly(preset);
      assertThat(
              new Diagnostics(failed.all())
                  .of("proxmox-" + name, "proxmox-image-" + stack.hostOf(name)))
          .as("what is said of %s: %s", preset, failed.all())
          .contains(preset(preset).says());
      assertThat(failed.all()).doesNotContain("\tat ");
      assertThat(preset(preset).survived()).as("the table on " + preset).isFalse();
      simulator.clear();
      Optional.ofNullable(simulator.machines().get(name)).ifPresent(its -> made.put(name, its));
      names.add(name);
    }

    var next = lab.up(stack).succeeded();
    names.forEach(name -> isMade(name, next));
    made.forEach(
        (name, its) ->
            assertThat(simulator.machines().get(name).disk())
                .as("the disk of " + name)
                .isEqualTo(its.disk()));
    System.out.printf(
        "%d ups that a fault ends, and one that converges: %d s%n",
        names.size(), Duration.between(begun, Instant.now()).toSeconds());
  }

  private String fatal(String preset) {
    return set(preset, Objects.requireNonNull(FATAL.get(preset)));
  }

  @Test
  @Order(4)
  void anIdThatSomebodyElseHasIsRefusedBeforeAnythingIsMade() {
    var name = stack.bare("vmid-taken", 1);
    var id = stack.id(name);
    simulator.fail("vmid-taken", "--vmid=" + id, "--host=pve1");
    var newest = simulator.newest();
    try {
      var refused = lab.up(stack);
      assertThat(refused.exitCode()).isNotZero();
      assertThat(refused.all())
          .contains("starbase:machines.%s.vmId".formatted(name), preset("vmid-taken").says())
          .doesNotContain("\tat ");
      assertThat(simulator.events(newest))
          .filteredOn(event -> event.at("/kind").asText().equals("request"))
          .isNotEmpty()
          .allMatch(event -> event.at("/what").asText().startsWith("GET "));
    } finally {
      simulator.fail("vm-vanished", "--vmid=" + id);
    }
    converges(name);
  }

  @Test
  @Order(5)
  void anImageThatNobodyKnowsOfIsReplaced() {
    var image =
        simulator.left().stream()
            .filter(volume -> volume.startsWith("local:import/"))
            .findFirst()
            .orElseThrow();
    var name = stack.bare("file-exists", 6);
    simulator.fail("file-exists", "--host=pve6", "--volume=" + image);
    converges(name);
    assertThat(simulator.state().at("/volumes"))
        .filteredOn(volume -> volume.at("/volid").asText().equals(image))
        .allMatch(volume -> volume.has("url"), "was downloaded");
  }

  @Test
  @Order(6)
  void whatSomebodyDidByHandIsPutRightByARefresh() {
    var vanished = bare("vm-vanished");
    var cut = bare("power-cut");
    var before = simulator.machines();
    simulator.fail("vm-vanished", "--vmid=" + stack.id(vanished));
    simulator.fail("power-cut", "--vmid=" + stack.id(cut));
    lab.up(stack, "--refresh").succeeded();
    var after = simulator.machines();
    assertThat(after.get(vanished).on()).isTrue();
    assertThat(after.get(cut)).isEqualTo(before.get(cut));
  }

  @Test
  @Order(7)
  void aMachineThatIsTakenAwayGoesOrIsTakenOverAgain() {
    for (var preset : REMOVED) {
      simulator.fail(preset, "--vmid=" + stack.id(bare(preset)));
    }
    var stays = bare("stop-warns");
    var before = simulator.machines().get(stays);
    var back = stack.without(REMOVED.stream().map(FaultIT::bare).toArray(String[]::new));
    lab.up(stack).succeeded();
    assertThat(simulator.machines().keySet())
        .contains(stays)
        .doesNotContain(bare("ignores-shutdown"), bare("slow-destroy"));

    back.run();
    converges(stays);
    assertThat(simulator.machines().get(stays)).isEqualTo(before);
  }

  @Test
  @Order(7)
  void aMachineIsTakenOutWhileItsHostIsDownAndGoesOnceTheHostIsBack() {
    var name = stack.bare("stranded", 2);
    var id = stack.id(name);
    lab.up(stack).succeeded();
    simulator.fail("host-down", "--host=pve2");
    stack.without(name);
    assertThat(lab.up(stack).succeeded().all())
        .contains("skipped: pve2 does not answer, so machine %d can't be deleted".formatted(id));
    assertThat(simulator.machines()).containsKey(name);

    simulator.clear();
    lab.up(stack).succeeded();
    assertThat(simulator.machines()).doesNotContainKey(name);
  }

  @Test
  @Order(8)
  void aMachineThatNeverAnswersOrGetsNoImagesIsGivenUpWithAMessage() {
    stack.patience(15);
    stack.worker("t1");
    simulator.fail("never-answers", "--machine=t1");
    assertThat(fails("never-answers", lab.up(stack)).all()).contains("t1");
    simulator.clear();
    lab.project().lab("power", "off", "t1").succeeded();
    lab.project().lab("power", "on", "t1").succeeded();
    simulator.fail("images-refused", "--machine=t1");
    assertThat(fails("images-refused", lab.up(stack)).all()).contains("t1");
    stack.patience(90);
    converges("t1");
    assertThat(kubectl("get", "nodes", "-o", "name")).contains("node/cp1", "node/t1");
  }

  @Test
  @Order(9)
  void controlPlanesThatDoNotSayWhoTheirMembersAreHoldEverythingUp() {
    stack.patience(15);
    stack.without("t1");
    simulator.fail("members-silent");
    fails("members-silent", lab.up(stack));
    simulator.clear();
    stack.patience(90);
    lab.up(stack).succeeded();
    assertThat(kubectl("get", "nodes", "-o", "name")).isEqualTo("node/cp1\n");
    assertThat(simulator.machines()).doesNotContainKey("t1");
  }

  @Test
  @Order(10)
  void anUpgradeWhoseInstallerFailsOrIsNotBuiltYetIsTriedAgain() {
    var before = simulator.machines().get("cp1");
    stack.talos("v1.13.10");
    stack.patience(15);
    simulator.fail("installer-fails", CONTROL_PLANE);
    fails("installer-fails", lab.up(stack));
    simulator.clear();
    stack.patience(90);
    simulator.fail("installer-not-built", CONTROL_PLANE);
    isMade("cp1", lab.up(stack).succeeded());
    assertThat(simulator.struck()).containsExactly("installer-not-built");
    assertThat(simulator.machines().get("cp1").disk()).isEqualTo(before.disk());
    assertThat(lab.project().lab("talosctl", "version", "--short").succeeded().out())
        .contains("v1.13.10");
  }

  @Test
  @Order(11)
  void anImageOnAStorageThatAllHostsShareIsDownloadedOnce() {
    stack.imagesOn("nfs");
    var names = List.of(stack.bare("shared", 1), stack.bare("shared-too", 2));
    lab.up(stack).succeeded();
    assertThat(simulator.machines().keySet()).containsAll(names);
    assertThat(simulator.left())
        .filteredOn(volume -> volume.contains(":import/"))
        .singleElement()
        .asString()
        .startsWith("nfs:import/");
  }

  @Test
  @Order(12)
  void afterAllOfItNothingIsLeftToDo() {
    lab.up(stack, "--expect-no-changes").succeeded();
    assertThat(simulator.machines().values())
        .allMatch(machine -> machine.on() && machine.tags().contains("starbase-lab"));
  }

  @Test
  @Order(13)
  void aDeadClusterAndAHalfMadeOneGoAndLeaveNothing() {
    lab.project().lab("power", "off", "cp1").succeeded();
    lab.destroy().succeeded();
    assertThat(simulator.left()).as("after a dead cluster").isEmpty();

    simulator.fail("forbidden-create");
    assertThat(lab.up(new SmallStack()).exitCode()).isNotZero();
    assertThat(simulator.left()).as("what the up made before it failed").isNotEmpty();
    lab.destroy().succeeded();
    assertThat(simulator.left()).as("after half a cluster").isEmpty();

    simulator.clear();
    var late = new SmallStack();
    late.patience(15);
    simulator.fail("ntp-unreachable");
    fails("ntp-unreachable", lab.up(late));
    lab.destroy().succeeded();
    assertThat(simulator.left()).as("after a cluster without the time").isEmpty();
  }

  /**
   * Lets something go wrong: with a new machine of its own, unless it has options that say where;
   * returns the name of a machine that it is going to strike.
   */
  private String set(String preset, List<String> options) {
    var name = options.contains(CONTROL_PLANE) ? "cp1" : stack.bare(preset, host(options));
    var all = new ArrayList<>(options);
    if (options.stream().noneMatch(option -> option.matches("--(host|machine)=.*"))) {
      all.add("--vmid=" + stack.id(name));
    }
    simulator.fail(preset, all.toArray(String[]::new));
    return name;
  }

  /** The number of the host that options name; without one the first. */
  private static int host(List<String> options) {
    return options.stream()
        .filter(option -> option.startsWith("--host=pve"))
        .map(option -> Integer.parseInt(option.substring("--host=pve".length())))
        .findFirst()
        .orElse(1);
  }

  /** The name of the machine that belongs to a preset. */
  private static String bare(String preset) {
    return LowerLayers.BARE + "-" + preset;
  }

  private Outcome fails(String preset, Outcome up) {
    assertThat(up.exitCode()).as("exit code: %s", up.all()).isNotZero();
    assertThat(up.all()).contains(preset(preset).says()).doesNotContain("\tat ");
    assertThat(simulator.struck()).contains(preset);
    assertThat(preset(preset).survived()).as("the table says that it is survived").isFalse();
    return up;
  }

  private Outcome converges(String name) {
    simulator.clear();
    var up = lab.up(stack).succeeded();
    isMade(name, up);
    return up;
  }

  private void isMade(String name, Outcome up) {
    var machine = simulator.machines().get(name);
    assertThat(machine).as("machine %s: %s", name, up.all()).isNotNull();
    assertThat(machine.on()).as(name + " is on").isTrue();
    assertThat(machine.id()).isEqualTo(stack.id(name));
    assertThat(machine.tags()).contains("starbase", "starbase-lab");
  }

  private Simulator.Preset preset(String name) {
    return Objects.requireNonNull(presets.get(name), name);
  }

  private String kubectl(String... words) {
    return lab.project()
        .lab(Stream.concat(Stream.of("kubectl"), Stream.of(words)).toArray(String[]::new))
        .succeeded()
        .out();
  }
}
