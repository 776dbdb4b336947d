package starbase.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import starbase.findings.Finding;
import starbase.findings.Severity;
import starbase.findings.Summary;
import starbase.testing.StackYaml;

/** A stack file with many applications. */
class LargeStackTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Each in a namespace of its own name; every second one shares a hostname, by its path. */
  private static StackYaml of(int applications) {
    var stack = new StackYaml();
    var namespaces = (ObjectNode) stack.config().path("starbase:namespaces");
    var apps = (ObjectNode) stack.config().path("starbase:apps");
    for (int i = 0; i < applications; i++) {
      var name = "app-" + i;
      var app = (ObjectNode) apps.path("homepage").deepCopy();
      app.put("namespace", name);
      app.withArray("/hostnames")
          .removeAll()
          .add((i % 2 == 0 ? "shared" : name) + ".starbasestudio.uk");
      app.withObject("/service").put("name", name);
      if (i % 2 == 0) {
        app.withObject("/route").put("kind", "http").withArray("/rules").addObject();
        app.withObject("/route/rules/0/matches/0/path").put("kind", "prefix").put("value", "/" + i);
      }
      namespaces.putObject(name);
      apps.set(name, app);
    }
    return stack;
  }

  /** In memory and processor time, which depend little on what else the machine does. */
  @Test
  void aCheckOfTwelveTimesTheApplicationsTakesTwelveTimesAsMuch() {
    cost(500); // classes, schemas, compiled code
    var few = cost(500);
    var many = cost(6_000);

    assertThat(many.bytes() / (double) few.bytes()).isLessThan(13);
    // Comparisons make no objects, so that only time shows their number: squared, it would be 144.
    assertThat(many.nanoseconds() / (double) few.nanoseconds()).isLessThan(16);
  }

  private record Cost(long bytes, long nanoseconds) {}

  /** A check in a pool of one thread: what it does in parallel elsewhere is counted, too. */
  private static Cost cost(int applications) {
    var text = of(applications).text();
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var pool = new ForkJoinPool(1);
    try {
      return pool.submit(
              () -> {
                var bytes = threads.getCurrentThreadAllocatedBytes();
                var nanoseconds = threads.getCurrentThreadCpuTime();
                var findings = StackFile.parse(text).checked().findings();
                var cost =
                    new Cost(
                        threads.getCurrentThreadAllocatedBytes() - bytes,
                        threads.getCurrentThreadCpuTime() - nanoseconds);
                assertThat(findings)
                    .filteredOn(finding -> finding.severity() == Severity.ERROR)
                    .extracting(Finding::key)
                    .isSubsetOf("config");
                return cost;
              })
          .join();
    } finally {
      pool.shutdown();
    }
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
                text.contains("does not match listener https of gateway-external, which is for")
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
            "config: is 131073 bytes long, too long for the one environment variable that Pulumi passes it in; allowed: 131072 bytes, the limit of Linux");
  }
}
