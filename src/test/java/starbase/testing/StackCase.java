package starbase.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A stack file with some things changed, and what the check says of it. The resource files have a
 * map of them by name: {@code of}, the stack (lab if left out); {@code change}, values by JSON
 * pointer, where null takes away; {@code says}, the findings.
 *
 * @param name what is changed, in words
 * @param given the case as the file has it
 */
public record StackCase(String name, JsonNode given) {
  /** The cases of a file below {@code src/test/resources/starbase}. */
  public static Stream<StackCase> of(String file) {
    try (var cases = StackCase.class.getResourceAsStream("/starbase/" + file)) {
      return new YAMLMapper()
          .readTree(cases).properties().stream()
              .map(each -> new StackCase(each.getKey(), each.getValue()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The changed stack. */
  public StackYaml stack() {
    var stack = StackYaml.of(given.path("of").asText("lab"));
    given
        .path("change")
        .properties()
        .forEach(
            change ->
                stack.set(
                    change.getKey(),
                    change.getValue().isNull() ? MissingNode.getInstance() : change.getValue()));
    return stack;
  }

  /** The findings, as the check prints them. */
  public List<String> says() {
    return List.of(new YAMLMapper().convertValue(given.path("says"), String[].class));
  }
}
