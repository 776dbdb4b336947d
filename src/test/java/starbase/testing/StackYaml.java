package starbase.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import starbase.findings.Finding;
import starbase.stack.StackFile;

/** The text of a stack file as a tree, to be changed by JSON pointers below its key config. */
public final class StackYaml {
  private static final Map<String, JsonNode> FILES = new ConcurrentHashMap<>();

  private static final YAMLMapper BLOCK =
      YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();

  private final ObjectNode config;

  /** The tests' Pulumi.lab.yaml. */
  public StackYaml() {
    this("lab");
  }

  private StackYaml(String stack) {
    this(FILES.computeIfAbsent(stack, StackYaml::read).path("config").deepCopy());
  }

  private StackYaml(ObjectNode config) {
    this.config = config;
  }

  /** A copy, to be changed in its stead. */
  public StackYaml copy() {
    return new StackYaml(config.deepCopy());
  }

  /** The tests' file of a stack. */
  public static StackYaml of(String stack) {
    return new StackYaml(stack);
  }

  private static JsonNode read(String stack) {
    try {
      return new YAMLMapper().readTree(StackFiles.of(stack).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same lab on a cluster that is there already. */
  public static StackYaml existing() {
    try (var cluster = StackYaml.class.getResourceAsStream("/starbase/existing.yaml")) {
      var stack = new StackYaml();
      stack.config.remove(
          List.of("starbase:proxmox", "starbase:machineDefaults", "starbase:talos"));
      stack.config.setAll((ObjectNode) new YAMLMapper().readTree(cluster));
      return stack;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tree below config, to be changed. */
  public ObjectNode config() {
    return config;
  }

  /** Puts a value; one that is missing takes what is there away. In a list, - is a new element. */
  public StackYaml set(String pointer, JsonNode value) {
    int slash = pointer.lastIndexOf('/');
    var parent = config.at(pointer.substring(0, slash));
    var name = pointer.substring(slash + 1).replace("~1", "/");
    if (parent instanceof ArrayNode list) {
      put(list, name, value);
    } else if (parent instanceof ObjectNode map) {
      if (value.isMissingNode()) {
        map.remove(name);
      } else {
        map.set(name, value);
      }
    } else {
      throw new AssertionError("nothing to change at " + pointer);
    }
    return this;
  }

  private static void put(ArrayNode list, String index, JsonNode value) {
    if (index.equals("-")) {
      list.add(value);
    } else if (value.isMissingNode()) {
      list.remove(Integer.parseInt(index));
    } else {
      list.set(Integer.parseInt(index), value);
    }
  }

  /** The stack file's text. */
  public String text() {
    return "{\"config\":" + config + "}";
  }

  /** The stack file's text, in the form that Pulumi appends a salt to. */
  public String block() {
    try {
      return BLOCK.writeValueAsString(Map.of("config", config));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always YAML", e);
    }
  }

  /** What is found in it. */
  public List<Finding> findings() {
    return StackFile.parse(text()).checked().findings();
  }
}
