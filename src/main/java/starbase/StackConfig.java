package starbase;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import starbase.check.WholePlan;
import starbase.config.InvalidConfig;
import starbase.config.StrictConfig;

/** Reads the lab from what Pulumi hands over, or from a stack file. */
public final class StackConfig {
  private static final String PREFIX = "starbase:";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private StackConfig() {}

  /**
   * The lab from the variable that the engine sets: a JSON map of every key to a text, and the text
   * is JSON again where the stack file has a map.
   *
   * <p>Read from there and not key by key, so that a key that nobody asks for is noticed.
   *
   * @throws InvalidConfig with all problems
   */
  public static LabConfig ofPulumi(String pulumiConfig) {
    var lab = JSON.createObjectNode();
    try {
      JSON.readTree(pulumiConfig)
          .properties()
          .forEach(
              entry -> put(lab, entry, JSON.getNodeFactory().textNode(entry.getValue().asText())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the engine's configuration is not JSON", e);
    }
    lab.properties().forEach(entry -> entry.setValue(parsed(entry.getValue().textValue())));
    return checked(lab);
  }

  /**
   * The lab of a stack file.
   *
   * @throws RunException if the file can't be read, is not YAML or has a key twice
   * @throws InvalidConfig with all problems
   */
  public static LabConfig ofFile(Path file) {
    var lab = JSON.createObjectNode();
    try {
      var config = YAML.readTree(file.toFile()).path("config");
      config.properties().forEach(entry -> put(lab, entry, entry.getValue()));
    } catch (IOException e) {
      throw new RunException(
          "%s: cannot be read as a stack file: %s".formatted(file, firstLine(e)));
    }
    return checked(lab);
  }

  private static LabConfig checked(ObjectNode tree) {
    var lab = StrictConfig.read(tree, LabConfig.class, PREFIX);
    var problems = WholePlan.problems(lab);
    if (!problems.isEmpty()) {
      throw new InvalidConfig(problems);
    }
    return lab;
  }

  /** Keys of other projects and providers (kubernetes:…) are not ours to judge. */
  private static void put(ObjectNode lab, Map.Entry<String, JsonNode> entry, JsonNode value) {
    if (entry.getKey().startsWith(PREFIX)) {
      lab.set(entry.getKey().substring(PREFIX.length()), value);
    }
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.getNodeFactory().textNode(text);
    }
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
