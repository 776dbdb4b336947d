package starbase.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ValuesTest {
  @Test
  void anOverlayGoesOverTheBaseKeyByKeyAtEveryDepth() {
    Map<String, Object> base = Map.of("a", Map.of("b", Map.of("kept", 1, "changed", 1)), "c", 1);
    Map<String, Object> overlay = Map.of("a", Map.of("b", Map.of("changed", 2, "new", 2)), "d", 2);

    assertThat(Values.merge(base, overlay))
        .isEqualTo(
            Map.of("a", Map.of("b", Map.of("kept", 1, "changed", 2, "new", 2)), "c", 1, "d", 2));
  }

  @Test
  void aListOrScalarOfTheOverlayTakesTheWholePlace() {
    Map<String, Object> base = Map.of("list", List.of(1, 2), "map", Map.of("a", 1), "scalar", 1);
    Map<String, Object> overlay = Map.of("list", List.of(3), "map", 4, "scalar", Map.of("b", 5));

    assertThat(Values.merge(base, overlay)).isEqualTo(overlay);
  }

  @Test
  void mergingChangesNeitherSide() {
    var base = new HashMap<String, Object>(Map.of("a", new HashMap<>(Map.of("b", 1))));
    var overlay = new HashMap<String, Object>(Map.of("a", new HashMap<>(Map.of("c", 2))));

    Values.merge(base, overlay);

    assertThat(base).isEqualTo(Map.of("a", Map.of("b", 1)));
    assertThat(overlay).isEqualTo(Map.of("a", Map.of("c", 2)));
  }

  @Test
  void wholeNumbersBecomeIntegersAndLargeOnesDoubles() {
    assertThat(Values.forPulumi(Map.of("port", 443L, "large", 5_000_000_000L)))
        .isEqualTo(Map.of("port", 443, "large", 5e9));
  }

  @Test
  void fractionsBecomeDoubles() {
    assertThat(Values.forPulumi(Map.of("a", 0.5f, "b", new BigDecimal("1.25"))))
        .isEqualTo(Map.of("a", 0.5, "b", 1.25));
  }

  @Test
  void absentValuesAreLeftOutOfMapsAndKeptInLists() {
    var tree = new HashMap<String, Object>();
    tree.put("absent", null);
    tree.put("list", Arrays.asList("a", null));

    assertThat(Values.forPulumi(tree)).isEqualTo(Map.of("list", Arrays.asList("a", null)));
  }

  @Test
  void whatIsNotLikeJsonIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Values.forPulumi(Map.of("set", Set.of())))
        .withMessageStartingWith("no plain value: java.util.");
  }
}
