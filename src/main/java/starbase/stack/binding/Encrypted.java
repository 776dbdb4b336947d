package starbase.stack.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Iterator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Values that were encrypted. In a stack file Pulumi keeps one as a map with the single key {@code
 * secure}; the tree of a running program has the same map around the decrypted text, so that both
 * are read by one piece of code.
 */
public final class Encrypted {
  private static final String SECURE = "secure";
  private static final TextNode MASK = TextNode.valueOf("[secret]");

  private Encrypted() {}

  /** Whether a value was encrypted: the engine's own rule (its function isSecureValue). */
  public static boolean is(JsonNode node) {
    return node instanceof ObjectNode map && map.size() == 1 && map.path(SECURE).isTextual();
  }

  /** A decrypted text, marked as one that was encrypted. */
  public static ObjectNode of(String text) {
    return JsonNodeFactory.instance.objectNode().put(SECURE, text);
  }

  /** What an encrypted value holds: the cipher in a file, the text in a running program. */
  static String text(JsonNode encrypted) {
    return encrypted.path(SECURE).textValue();
  }

  /** Whether a value holds one that was encrypted, or is one. */
  public static boolean isIn(JsonNode node) {
    if (is(node)) {
      return true;
    }
    for (Iterator<JsonNode> below = node.elements(); below.hasNext(); ) {
      if (isIn(below.next())) {
        return true;
      }
    }
    return false;
  }

  /** A copy that may be shown. */
  static JsonNode masked(JsonNode node) {
    return replaced(node, encrypted -> MASK);
  }

  /** The same without the marks, each text in the place of its mark. */
  public static JsonNode opened(JsonNode node) {
    return isIn(node) ? replaced(node, encrypted -> TextNode.valueOf(text(encrypted))) : node;
  }

  private static JsonNode replaced(JsonNode node, UnaryOperator<JsonNode> change) {
    if (is(node)) {
      return change.apply(node);
    }
    if (node instanceof ObjectNode map) {
      var made = JsonNodeFactory.instance.objectNode();
      map.properties().forEach(each -> made.set(each.getKey(), replaced(each.getValue(), change)));
      return made;
    }
    if (node instanceof ArrayNode list) {
      var made = JsonNodeFactory.instance.arrayNode();
      list.forEach(each -> made.add(replaced(each, change)));
      return made;
    }
    return node;
  }

  /**
   * A running program's values with the marks of the stack file that they come from.
   *
   * @param file the value in the stack file, its encrypted parts marked
   * @param running the same value, decrypted
   * @return the running value, marked; null if the two differ in anything but what is encrypted
   */
  public static @Nullable JsonNode marked(JsonNode file, JsonNode running) {
    if (is(file)) {
      return running.isTextual() ? of(running.textValue()) : null;
    }
    if (file instanceof ObjectNode map && running.isObject() && map.size() == running.size()) {
      var made = JsonNodeFactory.instance.objectNode();
      for (var entry : map.properties()) {
        var value = marked(entry.getValue(), running.path(entry.getKey()));
        if (value == null) {
          return null;
        }
        made.set(entry.getKey(), value);
      }
      return made;
    }
    if (file instanceof ArrayNode list && running.isArray() && list.size() == running.size()) {
      var made = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < list.size(); i++) {
        var value = marked(list.get(i), running.get(i));
        if (value == null) {
          return null;
        }
        made.add(value);
      }
      return made;
    }
    return same(file, running) ? running : null;
  }

  private static boolean same(JsonNode one, JsonNode other) {
    return one.isNumber() && other.isNumber()
        ? one.decimalValue().compareTo(other.decimalValue()) == 0
        : one.equals(other);
  }
}
