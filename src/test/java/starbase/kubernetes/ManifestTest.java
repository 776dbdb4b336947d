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
  void whatIsWaitedForLeavesTheObjectAsItIs() {
    var waiting = new Manifest(OBJECT).readyWhen(WaitFor.condition("Programmed"));

    assertThat(waiting.tree()).isEqualTo(OBJECT);
    assertThat(Awaited.of(waiting).conditions()).containsExactly(WaitFor.condition("Programmed"));
    assertThat(Awaited.of(waiting)).hasToString("Thing it");
  }
}
