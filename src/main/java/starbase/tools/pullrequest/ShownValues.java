package starbase.tools.pullrequest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Values of the engine's JSON as people may see them. */
final class ShownValues {
  static final String SECRET = "[secret]";
  private static final int LONGEST = 160;

  /** How the engine marks a secret in a state (sdk/go/common/resource, SigKey and SecretSig). */
  private static final String SIGNATURE = "4dabf18193072939515e22adb298388d";

  /** How the engine writes a value that is not known yet (resource/plugin, UnknownStringValue). */
  private static final String UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

  private ShownValues() {}

  /** A text as it is, anything else as JSON; secrets masked wherever they are, long ones cut. */
  static String text(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    var text = value.isTextual() ? value.textValue() : masked(value).toString();
    var known = text.replace(UNKNOWN, "(known later)");
    return known.length() <= LONGEST ? known : known.substring(0, LONGEST) + "…";
  }

  private static JsonNode masked(JsonNode value) {
    var copy = value.deepCopy();
    if (copy.has(SIGNATURE)) {
      return TextNode.valueOf(SECRET);
    }
    if (copy instanceof ObjectNode object) {
      object.properties().forEach(entry -> entry.setValue(masked(entry.getValue())));
    } else if (copy instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, masked(array.get(i)));
      }
    }
    return copy;
  }
}
