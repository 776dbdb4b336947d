package starbase.stack.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import starbase.findings.Finding;
import starbase.testing.StackCase;
import starbase.testing.StackYaml;

/**
 * A stack file (Pulumi.lab.yaml unless a case names another) with one thing changed, and exactly
 * what is said then: one case a rule at least.
 *
 * <p>The cases are in plan.yaml and plan-idp.yaml: what is changed (JSON pointers; null takes
 * away), and the findings.
 */
class AllRulesTest {
  @ParameterizedTest
  @ValueSource(strings = {"lab", "idp"})
  void nothingIsWrongWithAStackFileAsItIs(String stack) {
    assertThat(StackYaml.of(stack).findings()).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> eachRuleSpeaksUp() {
    return Stream.of(
            "plan.yaml", "plan-idp.yaml", "plan-names-and-networks.yaml", "plan-routes.yaml")
        .flatMap(file -> StackCase.of("stack/rules/" + file))
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.name(),
                    () ->
                        assertThat(each.stack().findings())
                            .extracting(Finding::toString)
                            .containsExactlyElementsOf(each.says())));
  }
}
