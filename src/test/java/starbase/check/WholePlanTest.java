package starbase.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import starbase.config.Finding;
import starbase.testing.StackYaml;

/**
 * A stack file (Pulumi.lab.yaml unless a case names another) with one thing changed, and exactly
 * what is said then: one case a rule at least.
 *
 * <p>The cases are in plan.yaml and plan-idp.yaml: what is changed (JSON pointers; null takes
 * away), and the findings.
 */
class WholePlanTest {
  @ParameterizedTest
  @ValueSource(strings = {"lab", "idp"})
  void nothingIsWrongWithAStackFileAsItIs(String stack) {
    assertThat(StackYaml.of(stack).findings()).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> eachRuleSpeaksUp() throws IOException {
    return Stream.concat(cases("plan.yaml"), cases("plan-idp.yaml"));
  }

  private static Stream<DynamicTest> cases(String file) throws IOException {
    try (var cases = WholePlanTest.class.getResourceAsStream(file)) {
      return new YAMLMapper()
          .readTree(cases).properties().stream()
              .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> check(each.getValue())));
    }
  }

  private static void check(JsonNode given) {
    var stack = StackYaml.of(given.path("of").asText("lab"));
    ((ObjectNode) given.path("change"))
        .properties()
        .forEach(
            change ->
                stack.set(
                    change.getKey(),
                    change.getValue().isNull() ? MissingNode.getInstance() : change.getValue()));
    var says = new YAMLMapper().convertValue(given.path("says"), String[].class);

    assertThat(stack.findings()).extracting(Finding::toString).containsExactly(says);
  }
}
