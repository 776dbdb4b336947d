package starbase.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The side door of the simulated hosts and machines: what they know, what happened, and what shall
 * go wrong.
 */
record Simulator(LabScript script) {

  /** The disk that Talos is on. */
  private static final String DISK = "scsi0";

  /**
   * A fault that can be asked for, as the simulators' tables have it.
   *
   * @param says what a message has to contain, if an up is expected to fail; else empty
   * @param next what the up after it is expected to do
   */
  record Preset(String name, String description, boolean survived, String says, String next) {
    private static Preset of(JsonNode json) {
      return new Preset(
          json.at("/name").asText(),
          json.at("/description").asText(),
          json.at("/outcome/up").asText().equals("succeeds"),
          json.at("/outcome/says").asText(),
          json.at("/outcome/next").asText());
    }
  }

  /**
   * A virtual machine.
   *
   * @param disk the generation of its first disk: another number is another disk
   */
  record Machine(int id, String name, boolean on, List<String> tags, int disk) {}

  /** Everything that can go wrong, on the hosts and on the machines. */
  List<Preset> presets() {
    return Stream.of("presets", "talos/presets")
        .flatMap(path -> stream(door(path).json()))
        .map(Preset::of)
        .toList();
  }

  /** Makes something go wrong from now on; options as in {@code --vmid 101}. */
  void fail(String preset, String... options) {
    var words = new ArrayList<>(List.of("sim", "fail", preset));
    words.addAll(Arrays.asList(options));
    script.lab(words.toArray(String[]::new)).succeeded();
  }

  /** Nothing goes wrong any more. */
  void clear() {
    script.lab("sim", "clear").succeeded();
  }

  /** What the hosts were asked for that is not simulated. */
  JsonNode unknown() {
    return script.lab("sim", "unknown").json();
  }

  JsonNode state() {
    return script.lab("sim", "state").json();
  }

  /** The machines by their names, which two must not share. */
  Map<String, Machine> machines() {
    var state = state();
    var machines = new TreeMap<String, Machine>();
    for (var vm : state.at("/vms")) {
      var machine =
          new Machine(
              vm.at("/vmid").asInt(),
              vm.at("/config/name").asText(),
              vm.at("/power").asText().equals("running"),
              List.of(vm.at("/config/tags").asText().split(";")),
              generation(state, vm));
      var twin = machines.put(machine.name(), machine);
      if (twin != null) {
        throw new AssertionError("a machine was made twice: %s and %s".formatted(twin, machine));
      }
    }
    return machines;
  }

  private static int generation(JsonNode state, JsonNode vm) {
    var file = vm.at("/config/" + DISK).asText().split(",")[0];
    return stream(state.at("/volumes"))
        .filter(volume -> volume.at("/volid").asText().equals(file))
        .filter(volume -> volume.at("/node").equals(vm.at("/node")))
        .map(volume -> volume.at("/generation").asInt())
        .findFirst()
        .orElse(0);
  }

  /** What is left of this stack on the hosts: machines, disks and images. */
  List<String> left() {
    var state = state();
    return Stream.concat(
            stream(state.at("/vms")).map(vm -> vm.at("/config/name").asText()),
            stream(state.at("/volumes")).map(volume -> volume.at("/volid").asText()))
        .toList();
  }

  /** Tasks of the hosts that have not ended. */
  List<String> busy() {
    return stream(state().at("/tasks"))
        .filter(task -> !task.has("end"))
        .map(task -> task.at("/upid").asText())
        .toList();
  }

  /** The presets that have struck since faults were cleared last. */
  Set<String> struck() {
    return Stream.of("faults", "talos/faults")
        .flatMap(path -> stream(door(path).json()))
        .filter(fault -> fault.at("/hits").asInt() > 0)
        .map(fault -> fault.at("/preset").asText())
        .collect(Collectors.toSet());
  }

  /** The number of the newest event on the hosts. */
  int newest() {
    return last(events(0));
  }

  /** The number of the newest event on the machines. */
  int newestOnMachines() {
    return last(eventsOnMachines(0));
  }

  /** What happened on the hosts after an event. */
  List<JsonNode> events(int after) {
    return stream(script.lab("sim", "events", "--after", Integer.toString(after)).json()).toList();
  }

  /** What happened on the machines after an event. */
  List<JsonNode> eventsOnMachines(int after) {
    return stream(script.lab("sim", "events", "--talos", "--after", Integer.toString(after)).json())
        .toList();
  }

  /** How often a cluster of etcd was begun; by the log, which outlives a lab that is killed. */
  long bootstraps() {
    return script
        .exec("sh", "-c", "cat \"$HOME/../logs/talos-events.jsonl\"")
        .succeeded()
        .out()
        .lines()
        .map(Outcome::json)
        .filter(is("bootstrap", "bootstrapped"))
        .count();
  }

  static Predicate<JsonNode> is(String kind, String what) {
    return event ->
        event.at("/kind").asText().equals(kind) && event.at("/what").asText().equals(what);
  }

  /** By way of the folder: a socket's address has room for 107 bytes only. */
  private Outcome door(String path) {
    return script.exec(
        "sh",
        "-c",
        "cd \"$HOME/..\" && exec curl --silent --show-error --fail-with-body --unix-socket control.sock \"$0\"",
        "http://lab/_lab/" + path);
  }

  private static int last(List<JsonNode> events) {
    return events.stream().mapToInt(event -> event.at("/number").asInt()).max().orElse(0);
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
