package starbase;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import starbase.config.Finding;
import starbase.config.Severity;
import starbase.config.Summary;
import starbase.testing.StackYaml;

/** A stack file with many applications. */
class LargeStackTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static StackYaml of(int applications) {
    var stack = new StackYaml();
    var apps = (ObjectNode) stack.config().path("starbase:apps");
    for (int i = 0; i < applications; i++) {
      var app = (ObjectNode) apps.path("homepage").deepCopy();
      app.withArray("/hostnames").removeAll().add("app-" + i + ".starbasestudio.uk");
      app.withObject("/service").put("name", "app-" + i);
      apps.set("app-" + i, app);
    }
    return stack;
  }

  /**
   * In memory, which does not depend on what else the machine does: comparisons make objects too.
   */
  @Test
  void aCheckOfTwiceTheApplicationsTakesTwiceAsMuch() {
    allocated(100); // classes and schemas

    assertThat(allocated(2_000) / (double) allocated(1_000)).isLessThan(2.5);
  }

  private static long allocated(int applications) {
    var text = of(applications).text();
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var before = threads.getCurrentThreadAllocatedBytes();
    var findings = StackFile.parse(text).checked().findings();
    var bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(findings)
        .filteredOn(finding -> finding.severity() == Severity.ERROR)
        .extracting(Finding::key)
        .isSubsetOf("config");
    return bytes;
  }

  @Test
  void theirMistakesAreOneMessage() {
    var stack = of(1_000);
    stack
        .config()
        .withObject("/starbase:gateways/gateway-external/listeners/1")
        .put("hostname", "*.example.org");

    var told = Summary.together(stack.findings());

    assertThat(told)
        .extracting(Finding::toString)
        .anyMatch(
            text ->
                text.contains("is not what listener https of gateway-external takes")
                    && text.contains("the same at 1002 more"));
    assertThat(told).hasSizeLessThan(6);
  }

  @Test
  void whatNoProgramCanBeGivenIsToldWithItsBytes() {
    var config = JSON.createObjectNode();
    config.put("aws:region", "x");
    config.set("starbase:dns", JSON.createObjectNode().put("zone", "<é\n\">"));
    var variable =
        "PULUMI_CONFIG={\"aws:region\":\"x\",\"starbase:dns\":\"{\\\"zone\\\":\\\"\\\\u003cé\\\\n\\\\\\\"\\\\u003e\\\"}\"}\0";

    assertThat(EngineVariable.bytes(config))
        .isEqualTo(variable.getBytes(java.nio.charset.StandardCharsets.UTF_8).length);

    int rest = EngineVariable.LARGEST - EngineVariable.bytes(config);
    config.put("aws:region", "x" + "y".repeat(rest));
    assertThat(EngineVariable.tooLarge(config)).isEmpty();
    config.put("aws:region", "xy" + "y".repeat(rest));
    assertThat(EngineVariable.tooLarge(config).orElseThrow())
        .hasToString(
            "config: is 131073 bytes long as Pulumi hands it to the program, in one environment variable; allowed: 131072 bytes, which is what Linux takes");
  }
}
