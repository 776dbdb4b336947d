package starbase.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private static final Map<String, Object> OBJECT =
      Map.of("apiVersion", "v1", "kind", "Thing", "metadata", Map.of("name", "it"));

  @Test
  void anObjectWithoutANameIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Manifest(Values.merge(OBJECT, Map.of("metadata", "it"))))
        .withMessageContaining("an object needs apiVersion, kind and metadata.name");
  }

  @Test
  void conditionsToWaitForStandInTheProvidersAnnotation() {
    var waiting =
        new Manifest(OBJECT)
            .readyWhen(WaitFor.condition("Programmed"), WaitFor.field("{.status.a}", "b"));

    assertThat(waiting.tree().get("metadata"))
        .isEqualTo(
            Map.of(
                "name",
                "it",
                "annotations",
                Map.of(
                    "pulumi.com/waitFor",
                    "[\"condition=Programmed\",\"jsonpath={.status.a}=b\"]")));
  }

  @Test
  void aRoutesConditionIsLookedForInItsParentsAndForThisGeneration() {
    assertThat(WaitFor.parentCondition("Accepted").expression())
        .isEqualTo(
            "jsonpath={.status.parents[0].conditions[?@.type==\"Accepted\""
                + " && @.observedGeneration==$.metadata.generation].status}=True");
  }
}
