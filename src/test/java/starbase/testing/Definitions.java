package starbase.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The definitions of kinds, in the pinned modules: those of the Gateway API and of cert-manager.
 * Their rules in CEL, and what webhooks ask for, are not among it.
 */
public final class Definitions {
  private static final List<String> FOLDERS =
      List.of("gateway-api/config/crd/standard", "charts/cert-manager/templates");

  private final Map<String, JsonNode> schemas = new HashMap<>();

  /** Reads all of them. */
  public Definitions() {
    try {
      for (var folder : FOLDERS) {
        try (var files = Files.list(SampleLab.module(folder))) {
          for (var file : files.filter(Definitions::isDefinition).toList()) {
            read(file);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isDefinition(Path file) {
    var name = file.getFileName().toString();
    return name.startsWith("gateway.networking.k8s.io_") || name.startsWith("crd-");
  }

  private void read(Path file) throws IOException {
    // A chart's templates: its lines are no YAML, and all that matters here is between them.
    var text =
        Files.readAllLines(file).stream()
            .filter(line -> !line.contains("{{"))
            .collect(Collectors.joining("\n"));
    var definition = new YAMLMapper().readTree(text);
    for (var version : definition.at("/spec/versions")) {
      var schema = version.at("/schema/openAPIV3Schema").deepCopy();
      close(schema);
      schemas.put(
          "%s/%s %s"
              .formatted(
                  definition.at("/spec/group").asText(),
                  version.path("name").asText(),
                  definition.at("/spec/names/kind").asText()),
          schema);
    }
  }

  /** What a schema does not know, the API server takes away without a word. */
  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode map
        && map.path("properties") instanceof ObjectNode properties
        && !properties.isEmpty()
        && !map.has("additionalProperties")
        && !map.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
      map.put("additionalProperties", false);
    }
    if (schema instanceof ObjectNode || schema instanceof ArrayNode) {
      schema.forEach(Definitions::close);
    }
  }

  /** Whether there is one for that kind, as in {@code cert-manager.io/v1 Issuer}. */
  public boolean know(String kind) {
    return schemas.containsKey(kind);
  }

  /** What is wrong with an object of that kind. */
  public List<String> problems(String kind, Map<String, Object> object) {
    var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4);
    try {
      return registry
          .getSchema(schemas.get(kind))
          .validate(new ObjectMapper().writeValueAsString(object), InputFormat.JSON)
          .stream()
          .map(Object::toString)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
