package starbase;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import starbase.testing.SampleLab;

/**
 * The virtual lab runs what a stack file asks for. Charts need no test of this kind: the lab serves
 * the built version and no other.
 */
@Tag("parts")
class BuiltVersionsTest {
  @ParameterizedTest
  @MethodSource("starbase.testing.StackFiles#all")
  void theClustersVersionsAreTheBuiltOnes(Path file) throws IOException {
    var plan = new YAMLMapper().readTree(file.toFile()).at("/config/starbase:cluster/plan");
    var built = new ObjectMapper().readTree(SampleLab.module("versions.json").toFile());

    // A stack file for an existing cluster may leave out both.
    if (plan.has("kubernetes")) {
      assertThat(plain(plan.path("kubernetes"))).isEqualTo(plain(built.path("kubernetes")));
    }
    if (plan.has("talos")) {
      assertThat(plain(plan.path("talos"))).isEqualTo(plain(built.path("talosctl")));
    }
  }

  private static String plain(JsonNode version) {
    return version.asText().replaceFirst("^v", "");
  }
}
