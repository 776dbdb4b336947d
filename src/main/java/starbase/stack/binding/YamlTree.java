package starbase.stack.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.snakeyaml.engine.v2.schema.Schema;
import starbase.findings.Finding;

/**
 * A YAML file as a tree, with the line of every key.
 *
 * <p>Jackson stops at the first key that stands twice, takes an alias for a text and forgets the
 * lines; so the tree is made from YAML's own nodes.
 */
public final class YamlTree {
  /** Aliases can make a small file a huge tree. */
  private static final int MOST_REPEATED = 100_000;

  /** The tag of a scalar that has none in the file: what it is, {@link PlainScalar} says. */
  private static final Tag PLAIN = new Tag("plain");

  private static final String MERGE = "<<";

  /** Shared, because a schema creates a new one with all its regular expressions on each call. */
  private static final ScalarResolver CORE = new CoreSchema().getScalarResolver();

  private static final Schema SCHEMA =
      new CoreSchema() {
        @Override
        public ScalarResolver getScalarResolver() {
          return (text, plain) -> plain && !text.equals(MERGE) ? PLAIN : CORE.resolve(text, plain);
        }
      };

  private static final int DEEPEST = 100;

  private final Map<String, Integer> lines = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<Finding> ambiguities = new ArrayList<>();
  private final ObjectNode root;
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private int repeated;

  private YamlTree(String yaml) {
    this.root =
        document(yaml) instanceof ObjectNode map ? map : JsonNodeFactory.instance.objectNode();
    seen.clear(); // else all of YAML's nodes would stay as long as the tree
  }

  /** Reads YAML; what is wrong with it is among the findings. */
  public static YamlTree parse(String yaml) {
    return new YamlTree(yaml);
  }

  /** The document; empty if it is not a map, or not YAML. */
  public ObjectNode root() {
    return root;
  }

  /** What is wrong with the file as YAML, and the keys that stand twice; all are errors. */
  public List<Finding> findings() {
    return findings;
  }

  /** The keys and values that YAML's readers do not agree on; all are errors. */
  public List<Finding> ambiguities() {
    return ambiguities;
  }

  /** What is said of a file that has nothing of a lab. */
  public static Finding noConfig() {
    return Finding.error("config", "is missing")
        .allowed("a stack file: config: with the lab's keys below it");
  }

  /** The line of a key, from 1; for a key that is missing, that of the one that it belongs to. */
  public OptionalInt line(String key) {
    for (var at = key; !at.isEmpty(); at = parent(at)) {
      if (lines.containsKey(at)) {
        return OptionalInt.of(lines.get(at));
      }
    }
    return OptionalInt.empty();
  }

  private static String parent(String key) {
    return key.substring(0, Math.max(0, Math.max(key.lastIndexOf('.'), key.lastIndexOf('['))));
  }

  private JsonNode document(String yaml) {
    var settings =
        LoadSettings.builder()
            .setSchema(SCHEMA)
            .setAllowNonScalarKeys(true)
            .setCodePointLimit(Integer.MAX_VALUE)
            .setMaxAliasesForCollections(Integer.MAX_VALUE) // count() limits what they make
            .build();
    try {
      var parser = new ParserImpl(settings, new StreamReader(settings, yaml));
      var document = new Composer(settings, new ShallowParser(parser, DEEPEST)).getSingleNode();
      if (document.isEmpty() || !(document.get() instanceof MappingNode)) {
        findings.add(noConfig());
        return JsonNodeFactory.instance.objectNode();
      }
      return tree(document.get(), "");
    } catch (MarkedYamlEngineException e) {
      var problem = YamlProblem.of(e, yaml);
      lines.put("YAML", problem.line());
      findings.add(problem.finding("YAML"));
    } catch (YamlEngineException e) {
      findings.add(
          Finding.error(
              "YAML",
              "is not valid: " + String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private JsonNode tree(Node node, String key) {
    count(node);
    return node instanceof MappingNode map
        ? map(map, key)
        : node instanceof SequenceNode list ? list(list, key) : scalar((ScalarNode) node, key);
  }

  /** Limits the nodes that aliases repeat; the file itself may have any number of nodes. */
  private void count(Node node) {
    if (!seen.add(node) && ++repeated > MOST_REPEATED) {
      throw new YamlEngineException("an alias makes it larger than any stack file");
    }
  }

  private ObjectNode map(MappingNode node, String key) {
    var made = JsonNodeFactory.instance.objectNode();
    for (var entry : node.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode name)) {
        findings.add(
            Finding.error(key, "has a key that is a list or a map").allowed("texts as keys"));
        continue;
      }
      var path = key.isEmpty() ? name.getValue() : Records.path(key, name.getValue());
      int line = line(name);
      if (made.has(name.getValue())) {
        findings.add(
            Finding.error(
                    path, "is listed twice, in lines %d and %d".formatted(lines.get(path), line))
                .allowed("each key once"));
        // So that what only the second has is not missing.
        if (made.get(name.getValue()) instanceof ObjectNode first
            && tree(entry.getValueNode(), path) instanceof ObjectNode second) {
          complete(first, second);
        }
        continue;
      }
      lines.putIfAbsent(path, line);
      if (name.isPlain() && !isTagged(name)) {
        PlainScalar.ambiguousKey(path, name.getValue()).ifPresent(ambiguities::add);
      }
      made.set(name.getValue(), tree(entry.getValueNode(), path));
    }
    return made;
  }

  private static void complete(ObjectNode first, ObjectNode second) {
    for (var entry : second.properties()) {
      if (!first.has(entry.getKey())) {
        first.set(entry.getKey(), entry.getValue());
      } else if (first.get(entry.getKey()) instanceof ObjectNode its
          && entry.getValue() instanceof ObjectNode other) {
        complete(its, other);
      }
    }
  }

  private JsonNode list(SequenceNode node, String key) {
    var made = JsonNodeFactory.instance.arrayNode();
    for (var element : node.getValue()) {
      var path = key + "[" + made.size() + "]";
      lines.putIfAbsent(path, line(element));
      made.add(tree(element, path));
    }
    return made;
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  /** A scalar in quotes is a text; one without is what Pulumi takes it for. */
  private JsonNode scalar(ScalarNode node, String key) {
    var text = node.getValue();
    if (isTagged(node)) {
      if (!node.getTag().equals(Tag.STR)) {
        ambiguities.add(
            Finding.error(key, "has the tag " + node.getTag()).allowed("the value without a tag"));
      }
      return JsonNodeFactory.instance.textNode(text);
    }
    if (!node.isPlain()) {
      return JsonNodeFactory.instance.textNode(text);
    }
    PlainScalar.ambiguity(key, text).ifPresent(ambiguities::add);
    return PlainScalar.value(text);
  }

  /** Whether the file says what the scalar is, and not its form. */
  private static boolean isTagged(ScalarNode node) {
    return !node.getTag().equals(PLAIN)
        && !node.getTag().equals(CORE.resolve(node.getValue(), node.isPlain()));
  }
}
