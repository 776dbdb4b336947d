package starbase.stack.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import starbase.findings.Finding;
import starbase.testing.StackYaml;

/**
 * Limits of the kinds that the plan makes, none of which is written in this program: what is as
 * large as it may be is taken, and one more is refused at the key that it comes from.
 */
class LimitsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String APP = "/starbase:apps/homepage";
  private static final String ROUTE = APP + "/route";
  private static final String KEY = "starbase:apps.homepage";

  static Stream<Arguments> limits() {
    return Stream.of(
        limit(
            APP + "/hostnames",
            16,
            count -> list(count, i -> "\"h%d.starbasestudio.uk\"".formatted(i)),
            KEY
                + ".hostnames: has 17 entries, in spec.hostnames of HTTPRoute \"homepage\";"
                + " allowed: up to 16"),
        limit(
            ROUTE,
            16,
            count -> http(list(count, i -> rule(path(i)))),
            KEY
                + ".route.rules: has 17 entries, in spec.rules of HTTPRoute \"homepage\"; allowed:"
                + " up to 16"),
        limit(
            ROUTE,
            64,
            count -> http("[%s]".formatted(rule(join(count, LimitsTest::path)))),
            KEY
                + ".route.rules[0].matches: has 65 entries, in spec.rules[0].matches of HTTPRoute"
                + " \"homepage\"; allowed: up to 64"),
        limit(
            ROUTE,
            4,
            count ->
                http(list(3, i -> rule(join(List.of(64, 60, count).get(i), LimitsTest::path)))),
            KEY
                + ".route.rules: breaks the rule \"While 16 rules and 64 matches per rule are"
                + " allowed, the total number of matches across all rules in a route must be less"
                + " than 128\", in spec.rules of HTTPRoute \"homepage\""),
        limit(
            APP,
            16,
            LimitsTest::backends,
            KEY
                + ".route.rules[0].backends: has 17 entries, in spec.rules[0].backendRefs of"
                + " HTTPRoute \"homepage\"; allowed: up to 16"),
        limit(
            ROUTE,
            16,
            count -> headers(list(count, i -> "{\"name\":\"h%d\",\"value\":\"a\"}".formatted(i))),
            KEY
                + ".route.rules[0].matches[0].headers: has 17 entries, in"
                + " spec.rules[0].matches[0].headers of HTTPRoute \"homepage\"; allowed: up to 16"),
        limit(
            ROUTE,
            4096,
            count -> headers("[{\"name\":\"a\",\"value\":\"%s\"}]".formatted("a".repeat(count))),
            KEY
                + ".route.rules[0].matches[0].headers[0]: has 4097 characters, in"
                + " spec.rules[0].matches[0].headers[0].value of HTTPRoute \"homepage\"; allowed:"
                + " up to 4096 characters"),
        limit(
            ROUTE,
            1024,
            count ->
                http(
                    "[%s]"
                        .formatted(
                            rule(
                                "{\"path\":{\"kind\":\"prefix\",\"value\":\"/%s\"}}"
                                    .formatted("a".repeat(count - 1))))),
            KEY
                + ".route.rules[0].matches[0].path: has 1025 characters, in"
                + " spec.rules[0].matches[0].path.value of HTTPRoute \"homepage\"; allowed: up to 1024 characters"),
        limit(
            ROUTE,
            16,
            count ->
                http(
                    "[{\"filters\":[{\"kind\":\"responseHeaders\",\"set\":{%s}}]}]"
                        .formatted(join(count, i -> "\"h%d\":\"a\"".formatted(i)))),
            KEY
                + ".route.rules[0].filters[0]: has 17 entries, in"
                + " spec.rules[0].filters[0].responseHeaderModifier.set of HTTPRoute \"homepage\";"
                + " allowed: up to 16"),
        limit(
            ROUTE,
            1024,
            count ->
                "{\"kind\":\"grpc\",\"rules\":[{\"matches\":[{\"service\":\"%s\"}]}]}"
                    .formatted("a".repeat(count)),
            KEY
                + ".route.rules[0].matches[0]: has 1025 characters, in"
                + " spec.rules[0].matches[0].method.service of GRPCRoute \"homepage\"; allowed:"
                + " up to 1024 characters"),
        limit(
            "/starbase:gateways/gateway-external/listeners",
            64,
            LimitsTest::listeners,
            "starbase:gateways.gateway-external.listeners: has 65 entries, in spec.listeners of"
                + " Gateway \"gateway-external\"; allowed: up to 64"));
  }

  @ParameterizedTest(name = "{0}, {1} at most: {3}")
  @MethodSource("limits")
  void oneMoreThanALimitIsRefused(
      String pointer, int limit, IntFunction<String> value, String finding)
      throws JsonProcessingException {
    assertThat(findings(pointer, value.apply(limit))).isEmpty();
    assertThat(findings(pointer, value.apply(limit + 1))).containsExactly(finding);
  }

  private static List<String> findings(String pointer, String value)
      throws JsonProcessingException {
    return new StackYaml()
        .set(pointer, JSON.readTree(value)).findings().stream().map(Finding::toString).toList();
  }

  private static Arguments limit(
      String pointer, int limit, IntFunction<String> value, String finding) {
    return Arguments.of(pointer, limit, value, finding);
  }

  private static String backends(int count) {
    var workload = "\"workload\":{\"image\":\"docker.io/traefik/whoami:v1.11.0\",\"port\":8080}";
    return """
    {"namespace":"homepage","gateway":"gateway-external","hostnames":["home.starbasestudio.uk"],
     "service":{"name":"own","port":80},"variants":{%s},
     "route":{"kind":"http","rules":[{"backends":%s}]}}\
    """
        .formatted(
            join(
                count,
                i ->
                    "\"v%d\":{\"service\":{\"name\":\"s%d\",\"port\":80},%s}"
                        .formatted(i, i, workload)),
            list(count, i -> "{\"service\":\"s%d\",\"port\":80}".formatted(i)));
  }

  /** The one that applications attach to, and others. */
  private static String listeners(int count) {
    return list(
        count,
        i ->
            i == 0
                ? "{\"name\":\"https\",\"port\":443,\"hostname\":\"*.starbasestudio.uk\",\"certificate\":\"cert-starbase\"}"
                : "{\"name\":\"l%d\",\"port\":80,\"hostname\":\"h%d.starbasestudio.uk\"}"
                    .formatted(i, i));
  }

  private static String headers(String headers) {
    return http("[%s]".formatted(rule("{\"headers\":%s}".formatted(headers))));
  }

  private static String http(String rules) {
    return "{\"kind\":\"http\",\"rules\":%s}".formatted(rules);
  }

  private static String rule(String matches) {
    return "{\"matches\":[%s]}".formatted(matches);
  }

  private static String path(int i) {
    return "{\"path\":{\"kind\":\"exact\",\"value\":\"/%d\"}}".formatted(i);
  }

  private static String list(int count, IntFunction<String> entry) {
    return "[%s]".formatted(join(count, entry));
  }

  private static String join(int count, IntFunction<String> entry) {
    return String.join(",", Stream.iterate(0, i -> i + 1).limit(count).map(entry::apply).toList());
  }
}
