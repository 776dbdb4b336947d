package starbase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import starbase.stack.StackFile;
import starbase.testing.Recording;
import starbase.testing.Registered;
import starbase.testing.SampleLab;
import starbase.testing.StackYaml;

/** What the engine is told when all of a lab goes. That it then deletes so is not proven here. */
class TeardownTest {
  private static final Map<String, String> ASKED = Map.of("STARBASE_DESTROY", "yes");

  @Test
  void whatLivesInTheClusterIsForgottenAndAllElseDeleted() {
    var retained = torn().registered().stream().filter(Registered::retainOnDelete).toList();

    assertThat(retained)
        .isNotEmpty()
        .allMatch(resource -> resource.type().startsWith("kubernetes:"))
        .hasSameSizeAs(
            RecordedLab.recording().registered().stream()
                .filter(resource -> resource.type().startsWith("kubernetes:"))
                .toList());
  }

  @Test
  void nothingIsProtected() {
    assertThat(RecordedLab.recording().registered()).anyMatch(Registered::isProtected);
    assertThat(torn().registered()).noneMatch(Registered::isProtected);
  }

  @Test
  void allElseIsRegisteredAsInAnUp() {
    var usual = RecordedLab.recording();

    assertThat(torn().registered())
        .extracting(Registered::type, Registered::name, Registered::parent, Registered::provider)
        .containsExactlyInAnyOrderElementsOf(
            usual.registered().stream()
                .map(its -> tuple(its.type(), its.name(), its.parent(), its.provider()))
                .toList());
  }

  @Test
  void withoutTheVariableOnlyDefinitionsStay() {
    assertThat(new Teardown(Map.of()).begins(SampleLab.config())).isFalse();
    assertThat(new Teardown(Map.of("STARBASE_DESTROY", "")).begins(SampleLab.config())).isFalse();
    assertThat(RecordedLab.recording().registered())
        .filteredOn(Registered::retainOnDelete)
        .allMatch(resource -> resource.type().endsWith(":CustomResourceDefinition"));
  }

  @Test
  void onAClusterThatIsThereAlreadyNothingIsForgotten() {
    var existing = StackFile.parse(StackYaml.existing().text()).checked().lab();

    assertThat(new Teardown(ASKED).begins(existing)).isFalse();
  }

  private static Recording torn() {
    var teardown = new Teardown(ASKED);
    assertThat(teardown.begins(SampleLab.config())).isTrue();
    return RecordedLab.record(SampleLab.config(), RecordedLab.BUNDLE, List.of(teardown));
  }
}
