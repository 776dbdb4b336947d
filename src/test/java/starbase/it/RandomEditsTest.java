package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The drawn edits are worth their time on a lab. */
class RandomEditsTest {
  @Test
  void everyKindOfEditIsDrawnAndEachChangesTheFile() {
    var edits = new RandomEdits(new Random(1));
    var kinds = new HashSet<String>();
    var stack = RandomEdits.first();
    for (int i = 0; i < 60; i++) {
      var words = new ArrayList<String>();
      var after = edits.edit(stack, words);
      assertThat(after.text().equals(stack.text())).as("%s change nothing", words).isFalse();
      kinds.addAll(words);
      stack = after;
    }
    assertThat(kinds).containsExactlyInAnyOrderElementsOf(edits.kinds());
  }
}
