package starbase.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The generated part of docs/configuration.md: every key of a stack file, from its schema. */
final class ConfigurationPage {
  private static final String REFERENCE = "#/definitions/";
  private static final Pattern CHOICES = Pattern.compile("\\^\\(([A-Za-z|]+)\\)\\$");

  private final JsonNode definitions;
  private final StackExamples examples;

  /** Where each type is described: the path of the first key that has it. */
  private final Map<String, String> described = new HashMap<>();

  private ConfigurationPage(JsonNode schema, StackExamples examples) {
    this.definitions = schema.path("definitions");
    this.examples = examples;
  }

  static String of(JsonNode schema, StackExamples examples) {
    var page = new ConfigurationPage(schema, examples);
    var config = schema.at("/properties/config");
    return config.path("properties").properties().stream()
        .map(key -> page.key(key.getKey(), key.getValue(), isRequired(config, key.getKey())))
        .reduce("", String::concat);
  }

  private String key(String key, JsonNode value, boolean required) {
    var text = new StringBuilder("\n## " + key + "\n\n");
    text.append(required ? "Required. " : "Optional. ").append(sentence(value)).append("\n");
    examples.of(key).forEach(each -> text.append("\n```yaml\n").append(each).append("```\n"));
    var name = reference(value);
    if (!name.isEmpty()) {
      described.put(name, key);
      return text + body(definitions.path(name), key);
    }
    var below = new StringBuilder();
    return text + "\nValue: " + type(value, key, below) + ".\n" + below;
  }

  /** The keys of a type, then the types that occur there for the first time. */
  private String body(JsonNode type, String path) {
    var below = new StringBuilder();
    if (!type.has("oneOf")) {
      return table(type, path, below) + below;
    }
    var text = new StringBuilder();
    for (var alternative : type.path("oneOf")) {
      var kind = alternative.at("/properties/kind/const").asText();
      text.append("\n`kind: %s`: %s\n".formatted(kind, sentence(alternative)));
      text.append(table(alternative, path + "(" + kind + ")", below));
    }
    return text.append(below).toString();
  }

  private String table(JsonNode type, String path, StringBuilder below) {
    var rows = new StringBuilder();
    for (var key : type.path("properties").properties()) {
      if (!key.getValue().has("const")) {
        rows.append(
            "| `%s` | %s | %s | %s |\n"
                .formatted(
                    key.getKey(),
                    type(key.getValue(), path + "." + key.getKey(), below),
                    isRequired(type, key.getKey()) ? "yes" : "",
                    description(key.getValue()).replace("|", "\\|")));
      }
    }
    return rows.isEmpty() ? "" : "\n| key | value | required | |\n|---|---|---|---|\n" + rows;
  }

  /** A type in words. If it has keys and occurs for the first time, its description follows. */
  private String type(JsonNode value, String path, StringBuilder below) {
    var name = reference(value);
    if (!name.isEmpty()) {
      if (described.putIfAbsent(name, path) == null) {
        var type = definitions.path(name);
        below.append("\n### %s\n\n%s\n".formatted(path, sentence(type))).append(body(type, path));
      }
      var place = described.get(name);
      return "[%s](#%s)".formatted(lastKey(place), anchor(place));
    }
    var choices = CHOICES.matcher(value.path("pattern").asText());
    if (choices.matches()) {
      return "`" + choices.group(1).replace("|", "`, `") + "`";
    }
    return switch (value.path("type").asText()) {
      case "string" -> "text";
      case "integer" -> "number";
      case "boolean" -> "`true`, `false`";
      case "array" -> "list of " + type(value.path("items"), path + "[]", below);
      case "object" -> map(value.path("additionalProperties"), path, below);
      default -> value.has("anyOf") ? "text or secret" : "any";
    };
  }

  private String map(JsonNode values, String path, StringBuilder below) {
    if (!values.isObject()) {
      return "secret";
    }
    return values.isEmpty() ? "map" : "map of " + type(values, path + ".NAME", below);
  }

  private static String reference(JsonNode value) {
    var name = value.at(value.has("allOf") ? "/allOf/0/$ref" : "/$ref").asText();
    return name.isEmpty() ? "" : name.substring(REFERENCE.length());
  }

  private static boolean isRequired(JsonNode type, String key) {
    return Stream.of(type.path("required"))
        .flatMap(JsonNode::valueStream)
        .anyMatch(each -> each.asText().equals(key));
  }

  private static String lastKey(String path) {
    return path.replaceAll("(\\.NAME|\\[])+$", "").replaceAll(".*[.:]", "");
  }

  /** The anchor that GitHub gives a heading. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "");
  }

  private static String sentence(JsonNode node) {
    var text = description(node);
    return text.substring(0, 1).toUpperCase(Locale.ROOT)
        + text.substring(1)
        + (text.endsWith(".") ? "" : ".");
  }

  private static String description(JsonNode node) {
    return node.path("description").asText();
  }
}
