package starbase.stack.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The schema of one kind of object, or of a chart's values, as a pinned version has it.
 *
 * @param version the version of the bundle or chart that it comes from; empty for Kubernetes' own
 *     kinds, whose rules are the same in every version that the lab knows
 * @param schema a structural schema (OpenAPI) or a JSON Schema of the same few keywords
 */
public record Definition(String version, JsonNode schema) {
  /** In a kept schema, the version that it was taken from. */
  public static final String VERSION = "x-version";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, Optional<Definition>> READ = new ConcurrentHashMap<>();

  /**
   * The definition of a kind.
   *
   * @param apiVersion as objects have it, as in {@code gateway.networking.k8s.io/v1}
   * @return empty for a kind that is not kept here
   */
  public static Optional<Definition> ofKind(String apiVersion, String kind) {
    return of(apiVersion + "/" + kind);
  }

  /** The definition of a chart's values. */
  public static Optional<Definition> ofChart(String chart) {
    return of("charts/" + chart);
  }

  /** Whether what takes the value refuses fields that the schema does not name. */
  public boolean refusesUnknownFields() {
    return schema.has("additionalProperties");
  }

  /** What every object has: its name, namespace, labels and annotations. */
  public static Definition ofMetadata() {
    return of("metadata").orElseThrow();
  }

  /** What is wrong with a value: maps, lists, texts, numbers and truth values. */
  public List<Problem> problems(Object value) {
    return Structure.problems(schema, Defaults.fill(schema, value));
  }

  private static Optional<Definition> of(String name) {
    return READ.computeIfAbsent(name, Definition::read);
  }

  private static Optional<Definition> read(String name) {
    try (var file = Definition.class.getResourceAsStream(name + ".json")) {
      if (file == null) {
        return Optional.empty();
      }
      var schema = JSON.readTree(file);
      return Optional.of(new Definition(schema.path(VERSION).asText(), schema));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
