package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import starbase.testing.StackYaml;

/**
 * A drawn sequence of edits; every fourth is cut off or made to fail. After each, one plain {@code
 * up} ends in what a fresh one would make, nothing that the files before and after have is made
 * anew, and a page that no edit touches answers throughout. In a small lab of its own, where an
 * {@code up} takes seconds.
 *
 * <p>{@code -Dstarbase.edits=100} for a longer sequence, {@code -Dstarbase.seed=7} for another.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomEditsIT {
  private static final int EDITS = Integer.getInteger("starbase.edits", 8);
  private static final long SEED = Long.getLong("starbase.seed", 1L);

  /** One load is no longer than the requests that it has. */
  private static final int EDITS_OF_A_LOAD = 12;

  private static final Duration SOON = Duration.ofSeconds(15);

  /** An {@code up} of the whole program takes about that long. */
  private static final int LONGEST_MS = 9_000;

  private static final String SQUATTER = "squatter";

  private final VirtualLab.Running lab;
  private final Random random = new Random(SEED);
  private final RandomEdits edits = new RandomEdits(random);
  private StackYaml stack = RandomEdits.first();
  private int failures;

  RandomEditsIT() {
    var project = Project.fresh("edits-lab");
    project.configure(stack.block());
    this.lab = VirtualLab.Running.start(project);
  }

  @AfterAll
  void end() {
    lab.close();
  }

  @Test
  void eachEditArrivesInOneUpWhateverBecameOfTheOneBefore() {
    lab.firstUp().succeeded();
    for (int edit = 0; edit < EDITS; edit += EDITS_OF_A_LOAD) {
      try (var load = new Client(lab).load("https://home.starbasestudio.uk/").flows()) {
        for (int i = edit; i < Math.min(EDITS, edit + EDITS_OF_A_LOAD); i++) {
          stack = step(i, stack);
        }
        load.lostNone();
      }
      assertThat(
              lab.project()
                  .lab("pulumi", "preview", "--refresh", "--expect-no-changes", "--diff")
                  .succeeded()
                  .out())
          .contains("unchanged");
    }
    System.out.printf("%d edits, %d of them cut off or failed%n", EDITS, failures);
  }

  /** One edit; returns the file that is up. */
  private StackYaml step(int number, StackYaml before) {
    var words = new ArrayList<String>();
    var stays = new TreeSet<>(Exposed.planned(before).keySet());
    var live = Exposed.live(lab);
    var after = edits.edit(before, words);
    var what = "%d, seed %d: %s".formatted(number, SEED, words);
    stays.retainAll(Exposed.planned(after).keySet());
    if (number % 4 == 3) {
      failures++;
      what += cutOffOrFailed(after);
      after = then(before, after, words);
      what += ", then " + words;
      stays.retainAll(Exposed.planned(after).keySet());
    }
    System.out.println("edit " + what);
    var up = up(after);
    assertThat(up.exitCode()).as("edit %s%n%s", what, up.all()).isZero();
    Exposed.awaitAsPlanned(lab, after, SOON);
    assertStayed(what, stays, live);
    return after;
  }

  /** The same file once more, the one before it, or one edited further. */
  private StackYaml then(StackYaml before, StackYaml after, List<String> words) {
    words.clear();
    return switch (random.nextInt(3)) {
      case 0 -> after;
      case 1 -> before;
      default -> edits.edit(after, words);
    };
  }

  private String cutOffOrFailed(StackYaml stack) {
    var free = "192.168.1.114";
    int kind = random.nextInt(5);
    if (kind == 0) {
      // An address that a Service outside the stack has.
      lab.exec("kubectl", "create", "service", "loadbalancer", SQUATTER, "--tcp=80").succeeded();
      lab.exec("kubectl", "annotate", "service", SQUATTER, "lbipam.cilium.io/ips=" + free)
          .succeeded();
      var up = up(RandomEdits.withAddress(stack, free));
      lab.exec("kubectl", "delete", "service", SQUATTER).succeeded();
      assertThat(up.exitCode()).as(up.all()).isNotZero();
      return ", failed";
    }
    var signal = kind == 1 ? "-INT" : "-KILL";
    int moment = random.nextInt(LONGEST_MS);
    lab.project().configure(stack.block());
    var up = lab.project().startLab("pulumi", "up", "--yes", "--skip-preview");
    try {
      if (!up.process().waitFor(moment, TimeUnit.MILLISECONDS)) {
        lab.exec("pkill", signal, "-x", "pulumi");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    up.await();
    return ", %s after %d ms".formatted(signal, moment);
  }

  /** Without the look at the end that ./lab up takes: what it says is asked for in any case. */
  private Outcome up(StackYaml stack) {
    lab.project().configure(stack.block());
    return lab.project().lab("pulumi", "up", "--yes", "--skip-preview");
  }

  private void assertStayed(String what, TreeSet<String> stays, Map<String, JsonNode> before) {
    var after = Exposed.live(lab);
    for (var object : stays) {
      assertThat(Exposed.uid(Objects.requireNonNull(after.get(object), object)))
          .as("edit %s: %s is the one that it was", what, object)
          .isEqualTo(Exposed.uid(Objects.requireNonNull(before.get(object), object)));
    }
  }
}
