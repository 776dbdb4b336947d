package starbase.tools.pullrequest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** A path to a property as the engine writes it: {@code spec.ports[0]["a.b/c"]}. */
final class PropertyPath {
  private static final Pattern STEP =
      Pattern.compile(
          "\\[(?<index>\\d+)\\]|\\[\"(?<quoted>(?:[^\"\\\\]|\\\\.)*)\"\\]|\\.?(?<word>[^.\\[]+)");

  private PropertyPath() {}

  /** What stands there; a missing node if nothing does. */
  static JsonNode in(JsonNode node, String path) {
    var found = node;
    var steps = STEP.matcher(path);
    while (steps.find()) {
      var quoted = steps.group("quoted");
      if (steps.group("index") != null) {
        found = found.path(Integer.parseInt(steps.group("index")));
      } else if (quoted != null) {
        found = found.path(quoted.replaceAll("\\\\(.)", "$1"));
      } else {
        found = found.path(steps.group("word"));
      }
    }
    return found;
  }
}
