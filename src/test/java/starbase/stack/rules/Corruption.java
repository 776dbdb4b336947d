package starbase.stack.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import starbase.testing.StackYaml;

/**
 * A stack file with one field spoilt: Pulumi.lab.yaml or Pulumi.idp.yaml.
 *
 * @param what what was done, for the message of a test
 * @param stack the spoilt lab, as a tree
 * @param text the spoilt stack file
 */
record Corruption(String what, StackYaml stack, String text) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  static Corruption of(long seed) {
    var random = new Random(seed);
    var stack = StackYaml.of(seed % 2 == 0 ? "lab" : "idp");
    var pointers = new ArrayList<String>();
    collect(stack.config(), "", pointers);
    var pointer = pointers.get(random.nextInt(pointers.size()));
    var old = stack.config().at(pointer);
    var key = pointer.substring(pointer.lastIndexOf('/') + 1);
    switch (random.nextInt(6)) {
      case 0:
        return made("without " + pointer, stack.set(pointer, MissingNode.getInstance()));
      case 1:
        var wrong = ofAnyKind(random);
        return made(pointer + " = " + wrong, stack.set(pointer, wrong));
      case 2:
        return twice(pointer, old, stack);
      case 3:
        var other = stack.config().at(pointers.get(random.nextInt(pointers.size()))).deepCopy();
        return made(pointer + " = " + other, stack.set(pointer, other));
      case 4:
        if (!(stack.config().at(pointer.substring(0, pointer.lastIndexOf('/')))
            instanceof ArrayNode)) {
          var slip = slip(key.replace("~1", "/"), random).replace("/", "~1");
          stack.set(pointer, MissingNode.getInstance());
          var above = pointer.substring(0, pointer.lastIndexOf('/') + 1);
          return made(pointer + " called " + slip, stack.set(above + slip, old));
        }
        return made("null " + pointer, stack.set(pointer, JSON.nullNode()));
      default:
        var spoilt = spoilt(old, random);
        return made(pointer + " = " + spoilt, stack.set(pointer, spoilt));
    }
  }

  private static Corruption made(String what, StackYaml stack) {
    return new Corruption(what, stack, stack.text());
  }

  /** A tree can't have a key twice, a text can. */
  private static Corruption twice(String pointer, JsonNode old, StackYaml stack) {
    var key = pointer.substring(pointer.lastIndexOf('/') + 1).replace("~1", "/");
    var parent = stack.config().at(pointer.substring(0, pointer.lastIndexOf('/')));
    if (parent instanceof ArrayNode list) {
      list.add(old);
      return made(pointer + " twice", stack);
    }
    ((ObjectNode) parent).set("MARK", old);
    var text = stack.text().replace("\"MARK\":", "\"" + key + "\":");
    return new Corruption(pointer + " twice", stack, text);
  }

  private static void collect(JsonNode node, String pointer, List<String> pointers) {
    if (!pointer.isEmpty()) {
      pointers.add(pointer);
    }
    if (node instanceof ObjectNode map) {
      map.properties()
          .forEach(
              entry ->
                  collect(
                      entry.getValue(),
                      pointer + "/" + entry.getKey().replace("/", "~1"),
                      pointers));
    }
    for (int i = 0; node instanceof ArrayNode && i < node.size(); i++) {
      collect(node.get(i), pointer + "/" + i, pointers);
    }
  }

  private static JsonNode ofAnyKind(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(random.nextBoolean());
      case 2 -> JSON.numberNode(random.nextInt());
      case 3 -> JSON.numberNode(random.nextDouble());
      case 4 -> JSON.textNode("");
      case 5 -> JSON.arrayNode();
      case 6 -> JSON.objectNode();
      default -> JSON.textNode("1.2.3.4/33-\u0000 \u00e4: {}");
    };
  }

  private static JsonNode spoilt(JsonNode old, Random random) {
    if (old.isInt()) {
      return JSON.numberNode(
          List.of(0, -1, old.intValue() + 1, old.intValue() - 1, 65536, Integer.MAX_VALUE)
              .get(random.nextInt(6)));
    }
    if (old.isTextual()) {
      var text = old.textValue();
      var address = text.matches("192\\.168\\.1\\.\\d+") && random.nextBoolean();
      return JSON.textNode(address ? "192.168.1." + random.nextInt(256) : slip(text, random));
    }
    return JSON.textNode("spoilt");
  }

  /** One letter more, less or other. */
  private static String slip(String text, Random random) {
    int at = text.isEmpty() ? 0 : random.nextInt(text.length());
    var letter = String.valueOf("abz019.-*/A ".charAt(random.nextInt(12)));
    return switch (text.isEmpty() ? 0 : random.nextInt(3)) {
      case 0 -> text.substring(0, at) + letter + text.substring(at);
      case 1 -> text.substring(0, at) + text.substring(at + 1);
      default -> text.substring(0, at) + letter + text.substring(at + 1);
    };
  }
}
