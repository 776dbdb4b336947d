package starbase.stack.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import starbase.findings.Finding;
import starbase.findings.Severity;
import starbase.stack.StackFile;

/**
 * Thousands of labs that nobody wrote. The seeds are fixed: what fails once fails again, and is
 * found by its seed.
 */
class RandomPlansTest {
  private static final int VALID = 2500;
  private static final int SPOILT = 3000;

  @Test
  void noValidPlanIsRefused() {
    var refused = new ArrayList<String>();
    LongStream.range(0, VALID)
        .forEach(
            seed -> {
              var plan = RandomPlan.of(seed);
              assertThat(Harmless.harm(plan.config())).as("the plan of seed %d", seed).isEmpty();
              errors(plan.text()).forEach(error -> refused.add("seed " + seed + ": " + error));
            });

    assertThat(refused).isEmpty();
  }

  @Test
  void aSpoiltFieldIsRefusedOrHarmless() {
    var passed = new ArrayList<String>();
    int refused = 0;
    for (long seed = 0; seed < SPOILT; seed++) {
      var spoilt = Corruption.of(seed);
      if (errors(spoilt.text()).isEmpty()) {
        for (var harm : Harmless.harm(spoilt.stack().config())) {
          passed.add("seed %d: %s: %s".formatted(seed, spoilt.what(), harm));
        }
      } else {
        refused++;
      }
    }

    assertThat(passed).isEmpty();
    assertThat(refused).as("refused of %d", SPOILT).isGreaterThan(SPOILT / 2);
  }

  private static List<String> errors(String text) {
    return StackFile.parse(text).checked().findings().stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .map(Finding::toString)
        .toList();
  }
}
