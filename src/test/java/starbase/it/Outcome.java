package starbase.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;

/** How a command ended: exit code, standard output, standard error, and how long it took. */
record Outcome(String command, int exitCode, String out, String err, Duration took) {

  private static final JsonMapper JSON = new JsonMapper();

  /** This outcome, or an error with all that the command said when it did not end well. */
  Outcome succeeded() {
    if (exitCode != 0) {
      throw new AssertionError(
          "%s ended with exit code %d%n%s%n%s".formatted(command, exitCode, out, err));
    }
    return this;
  }

  /** Standard output as JSON. */
  JsonNode json() {
    return json(succeeded().out());
  }

  /** A text as JSON. */
  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("this is no JSON: " + text, e);
    }
  }

  /** Both outputs, for what a person sees in a terminal. */
  String all() {
    return out + err;
  }
}
