package starbase;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import starbase.kubernetes.Values;
import starbase.stack.StackFile;
import starbase.testing.Recording;
import starbase.testing.SampleLab;
import starbase.testing.StackYaml;

/** Our values by the charts' own schemas: Helm ignores a key of the wrong case without a word. */
@Tag("parts")
class ChartValuesTest {
  @ParameterizedTest
  @CsvSource({"cilium/kube-system/cilium, cilium", "certs/cert-manager/cert-manager, cert-manager"})
  void theValuesThatAreSentFitTheChart(String release, String chart) throws IOException {
    assertThat(problems(chart, sent(release))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "wireGuard", "ztunnel"})
  void everyEncryptionFitsTheChart(String kind) throws IOException {
    var stack = StackYaml.of("idp").set("/starbase:cilium/encryption/kind", TextNode.valueOf(kind));
    var values =
        sent(
            RecordedLab.record(StackFile.parse(stack.text()).checked().lab()),
            "cilium/kube-system/cilium");
    var defaults = SampleLab.documents(SampleLab.module("charts/cilium/values.yaml")).get(0);

    assertThat(problems("cilium", values)).isEmpty();
    assertThat(unknownKeys("", values, defaults)).containsExactly("loadBalancer.algorithm");
    assertThat(String.valueOf(defaults.get("encryption"))).contains("ztunnel", "wireguard");
  }

  @Test
  void aValueOfTheWrongTypeIsFound() throws IOException {
    var wrong =
        Values.merge(
            sent("cilium/kube-system/cilium"), Map.of("l2announcements", Map.of("enabled", "yes")));

    assertThat(problems("cilium", wrong)).hasSize(1).first().asString().contains("l2announcements");
  }

  /**
   * A schema may let unknown keys pass, so they are looked up in the chart's default values. Only
   * {@code loadBalancer.algorithm} has none: there it stands in a comment.
   */
  @ParameterizedTest
  @CsvSource({
    "cilium/kube-system/cilium, cilium, loadBalancer.algorithm",
    "certs/cert-manager/cert-manager, cert-manager, ''"
  })
  void everyKeyThatIsSentIsOneThatTheChartHas(String release, String chart, String withoutDefault) {
    var defaults = SampleLab.documents(SampleLab.module("charts/" + chart + "/values.yaml")).get(0);

    assertThat(String.join(" ", unknownKeys("", sent(release), defaults)))
        .isEqualTo(withoutDefault);
  }

  private static List<String> problems(String chart, Map<String, Object> values)
      throws IOException {
    var json = new ObjectMapper();
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(
                Files.readString(SampleLab.module("charts/" + chart + "/values.schema.json")),
                InputFormat.JSON);
    return schema.validate(json.writeValueAsString(values), InputFormat.JSON).stream()
        .map(Object::toString)
        .toList();
  }

  private static Map<String, Object> sent(String release) {
    return sent(RecordedLab.recording(), release);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> sent(Recording lab, String release) {
    return (Map<String, Object>) wholeNumbers(lab.onlyOfKind("Release " + release).input("values"));
  }

  /**
   * The wire has doubles only; the provider gives Helm whole numbers where there is no fraction.
   */
  private static Object wholeNumbers(Object value) {
    if (value instanceof Map<?, ?> map) {
      var converted = new java.util.LinkedHashMap<String, Object>();
      map.forEach((key, element) -> converted.put((String) key, wholeNumbers(element)));
      return converted;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(ChartValuesTest::wholeNumbers).toList();
    }
    return value instanceof Double number && number % 1 == 0 ? (Object) number.intValue() : value;
  }

  private static List<String> unknownKeys(String path, Map<?, ?> sent, Map<?, ?> known) {
    return sent.entrySet().stream()
        .flatMap(
            entry -> {
              var key = path + entry.getKey();
              if (!known.containsKey(entry.getKey())) {
                return java.util.stream.Stream.of(key);
              }
              // An empty map in the defaults is one that people fill with keys of their own.
              return entry.getValue() instanceof Map<?, ?> below
                      && known.get(entry.getKey()) instanceof Map<?, ?> knownBelow
                      && !knownBelow.isEmpty()
                  ? unknownKeys(key + ".", below, knownBelow).stream()
                  : java.util.stream.Stream.<String>of();
            })
        .toList();
  }
}
