package starbase.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import starbase.testing.StackCase;

/**
 * Examples of a stack file's keys.
 *
 * @param files texts of stack files; the example is from the first that has the key
 * @param cases changes of stack files that the check accepts
 */
record StackExamples(List<String> files, List<StackCase> cases) {
  private static final ObjectMapper YAML =
      new YAMLMapper()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR);

  /**
   * The examples of a key, in YAML.
   *
   * @throws IllegalStateException if it has none
   */
  List<String> of(String key) {
    var examples = Stream.concat(written(key), changed(key)).toList();
    if (examples.isEmpty()) {
      throw new IllegalStateException(
          key + " has no example: add one to src/test/resources/starbase/alternatives.yaml");
    }
    return examples;
  }

  /** The key with the comment above it, from the first file that has it. */
  private Stream<String> written(String key) {
    var block =
        Pattern.compile("(?m)(^  #.*\\n)*^  " + Pattern.quote(key) + ":.*\\n((   .*)?\\n)*");
    return files.stream()
        .flatMap(file -> block.matcher(file).results())
        .limit(1)
        .map(found -> found.group().stripTrailing().indent(-2));
  }

  /** The changes of the cases below the key, each with the name of its first case. */
  private Stream<String> changed(String key) {
    var names = new LinkedHashMap<ObjectNode, String>();
    for (var example : cases) {
      var tree = YAML.createObjectNode();
      example.given().path("change").properties().stream()
          .filter(each -> each.getKey().matches("/" + key + "(/.*)?"))
          .filter(each -> each.getValue().isValueNode() || !each.getValue().isEmpty())
          .forEach(each -> put(tree, each.getKey(), each.getValue()));
      names.putIfAbsent(tree, example.name());
    }
    names.remove(YAML.createObjectNode());
    return names.entrySet().stream()
        .map(each -> "# " + each.getValue() + "\n" + yaml(each.getKey()));
  }

  /** Puts a value at a JSON pointer. A list then contains only this value. */
  private static void put(ObjectNode tree, String pointer, JsonNode value) {
    var step = pointer.substring(1).split("/", 3);
    if (step.length == 1) {
      tree.set(step[0], value);
    } else if (!step[1].matches("-|\\d+")) {
      put(tree.withObjectProperty(step[0]), pointer.substring(1 + step[0].length()), value);
    } else if (step.length == 2) {
      tree.withArrayProperty(step[0]).add(value);
    } else {
      put(tree.withArrayProperty(step[0]).addObject(), "/" + step[2], value);
    }
  }

  private static String yaml(JsonNode tree) {
    try {
      return YAML.writeValueAsString(tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
