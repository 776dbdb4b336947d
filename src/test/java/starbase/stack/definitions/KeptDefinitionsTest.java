package starbase.stack.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import starbase.stack.cel.CelRule;

/** The definitions that are kept are those of the pinned modules, and can be read whole. */
class KeptDefinitionsTest {
  private static final Path FOLDER = Path.of("src/main/resources/starbase/stack/definitions");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Written by hand: Kubernetes publishes no such schemas of its own kinds. */
  private static final Set<String> OWN = Set.of("metadata");

  /**
   * What {@link Structure} and {@link Defaults} read, and what says nothing that can be checked.
   */
  private static final Set<String> KEYWORDS =
      Set.of(
          "additionalProperties",
          "anyOf",
          "default",
          "enum",
          "items",
          "maxItems",
          "maxLength",
          "maxProperties",
          "maximum",
          "minItems",
          "minLength",
          "minProperties",
          "minimum",
          "not",
          "nullable",
          "oneOf",
          "pattern",
          "properties",
          "required",
          "type",
          "x-kubernetes-int-or-string",
          "x-kubernetes-list-map-keys",
          "x-kubernetes-list-type",
          "x-kubernetes-preserve-unknown-fields",
          "x-kubernetes-validations",
          "$comment",
          "format",
          "title",
          "x-kubernetes-map-type",
          Definition.VERSION);

  @Test
  @Tag("parts")
  void theyAreThoseOfThePinnedModules() throws IOException {
    var pinned = Kept.ofThePinnedModules();
    if (Boolean.getBoolean("starbase.schema.write")) {
      for (var each : pinned.entrySet()) {
        var file = FOLDER.resolve(each.getKey() + ".json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, each.getValue() + "\n");
      }
    }

    assertThat(kept())
        .as(
            "write them anew with: ./lab test -Dtest=KeptDefinitionsTest"
                + " -Dstarbase.schema.write=true")
        .isEqualTo(pinned);
  }

  @Test
  void everyRuleOfThemCanBeCompiled() throws IOException {
    var rules = new TreeSet<String>();
    kept().values().forEach(schema -> collect(schema, rules));

    assertThat(rules)
        .hasSizeGreaterThan(60)
        .allSatisfy(rule -> assertThat(CelRule.of(rule)).isNotNull());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cilium", "cert-manager"})
  void everyValueThatTheLabNeedsIsOneOfTheChart(String chart) {
    var schema = Definition.ofChart(chart).orElseThrow().schema();

    assertThat(Need.ofChart(chart))
        .isNotEmpty()
        .allSatisfy(
            need ->
                assertThat(
                        schema
                            .at("/properties/" + need.value().replace(".", "/properties/"))
                            .isMissingNode())
                    .as(need.value())
                    .isFalse());
  }

  @Test
  void everyKeywordOfThemIsRead() throws IOException {
    var keywords = new TreeSet<String>();
    kept().values().forEach(schema -> keywords(schema, keywords));

    assertThat(KEYWORDS).containsAll(keywords);
  }

  private static void collect(JsonNode schema, Set<String> rules) {
    schema.path("x-kubernetes-validations").forEach(each -> rules.add(each.path("rule").asText()));
    schema.forEach(below -> collect(below, rules));
  }

  private static void keywords(JsonNode schema, Set<String> found) {
    for (var each : schema.properties()) {
      found.add(each.getKey());
      switch (each.getKey()) {
        case "properties" -> each.getValue().forEach(below -> keywords(below, found));
        case "items", "additionalProperties", "not" -> keywords(each.getValue(), found);
        case "allOf", "anyOf", "oneOf" -> each.getValue().forEach(below -> keywords(below, found));
        default -> {}
      }
    }
  }

  private static Map<String, JsonNode> kept() throws IOException {
    var kept = new TreeMap<String, JsonNode>();
    try (var files = Files.walk(FOLDER)) {
      for (var file : files.filter(each -> each.toString().endsWith(".json")).toList()) {
        var name = FOLDER.relativize(file).toString().replaceFirst("\\.json$", "");
        if (!OWN.contains(name) && !name.endsWith("-needs")) {
          kept.put(name, (ObjectNode) JSON.readTree(file.toFile()));
        }
      }
    }
    return kept;
  }
}
