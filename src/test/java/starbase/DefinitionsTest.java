package starbase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import starbase.stack.StackFile;
import starbase.testing.Definitions;
import starbase.testing.Recording;
import starbase.testing.Registered;
import starbase.testing.StackCase;

/**
 * Whatever the program makes fits the definition of its kind, also the alternatives that no stack
 * file here uses. That a cluster's own rules and webhooks take it is not proven here.
 */
@Tag("parts")
class DefinitionsTest {
  private static final Definitions DEFINITIONS = new Definitions();

  static Stream<StackCase> alternatives() {
    return StackCase.of("alternatives.yaml");
  }

  @ParameterizedTest
  @MethodSource("alternatives")
  void everyAlternativeFits(StackCase alternative) {
    var checked = StackFile.parse(alternative.stack().text()).checked();
    assertThat(checked.findings()).isEmpty();

    assertThat(problems(RecordedLab.record(checked.lab()))).isEmpty();
  }

  @Test
  void theStackFilesFit() {
    assertThat(problems(RecordedLab.recording("lab"))).isEmpty();
    assertThat(problems(RecordedLab.recording("idp"))).isEmpty();
  }

  @Test
  void aMisspeltFieldIsFound() {
    var object =
        Map.<String, Object>of(
            "apiVersion",
            "gateway.networking.k8s.io/v1",
            "kind",
            "HTTPRoute",
            "metadata",
            Map.of("name", "x"),
            "spec",
            Map.of("hostname", List.of("a.example")));

    assertThat(DEFINITIONS.problems("gateway.networking.k8s.io/v1 HTTPRoute", object))
        .singleElement()
        .asString()
        .contains("hostname");
  }

  private static List<String> problems(Recording lab) {
    var problems = new ArrayList<String>();
    var seen = new ArrayList<String>();
    for (var object : lab.registered()) {
      var kind = kind(object);
      if (DEFINITIONS.know(kind)) {
        seen.add(kind);
        DEFINITIONS
            .problems(kind, wholeNumbers(object.inputs()))
            .forEach(problem -> problems.add(object + ": " + problem));
      }
    }
    assertThat(seen)
        .contains("gateway.networking.k8s.io/v1 Gateway", "cert-manager.io/v1 Certificate");
    return problems;
  }

  private static String kind(Registered object) {
    return object.type().startsWith("kubernetes:")
        ? object.type().substring("kubernetes:".length()).replaceFirst(":", " ")
        : "";
  }

  /** The wire has doubles only. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> wholeNumbers(Map<String, Object> map) {
    return (Map<String, Object>) whole(map);
  }

  private static Object whole(Object value) {
    if (value instanceof Map<?, ?> map) {
      var converted = new HashMap<Object, Object>();
      map.forEach((key, element) -> converted.put(key, whole(element)));
      return converted;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(DefinitionsTest::whole).toList();
    }
    return value instanceof Double number && number % 1 == 0 ? (Object) number.intValue() : value;
  }
}
