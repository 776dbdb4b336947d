package starbase.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.resources.CustomResourceOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import starbase.testing.Recording;

class CustomObjectTest {
  @Test
  void everyTopLevelFieldOfAManifestIsAnInputButItsStatus() {
    var manifest =
        new Manifest(
            Map.of(
                "apiVersion", "example.com/v1",
                "kind", "Thing",
                "metadata", Map.of("name", "it"),
                "spec", Map.of("empty", Map.of(), "port", 443L),
                "rules", List.of(Map.of("verbs", List.of("get"))),
                "immutable", true,
                "status", Map.of("phase", "old")));

    var recorded =
        Recording.of(
            context ->
                new CustomObject("thing", manifest, CustomResourceOptions.builder().build()));

    var thing = recorded.only("thing");
    assertThat(thing.type()).isEqualTo("kubernetes:example.com/v1:Thing");
    assertThat(thing.inputs())
        .isEqualTo(
            Map.of(
                "apiVersion",
                "example.com/v1",
                "kind",
                "Thing",
                "metadata",
                Map.of("name", "it"),
                "spec",
                Map.of("empty", Map.of(), "port", 443.0),
                "rules",
                List.of(Map.of("verbs", List.of("get"))),
                "immutable",
                true));
  }
}
