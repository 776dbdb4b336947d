package starbase.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import starbase.findings.Finding;
import starbase.stack.binding.Encrypted;

/**
 * The environment variable that a program gets its configuration by. Linux limits one to 128 KiB
 * (MAX_ARG_STRLEN), and no program starts with a longer one: "argument list too long".
 */
final class EngineVariable {
  static final int LARGEST = 128 * 1024;

  private static final String NAME = "PULUMI_CONFIG=";

  private static final ObjectMapper JSON = new ObjectMapper();

  static {
    JSON.getFactory().setCharacterEscapes(new GoEscapes());
  }

  private EngineVariable() {}

  /** What is wrong with a configuration that no program can be given. */
  static Optional<Finding> tooLarge(ObjectNode config) {
    int bytes = bytes(config);
    return bytes <= LARGEST
        ? Optional.empty()
        : Optional.of(
            Finding.error(
                    "config",
                    "is %d bytes long, too long for the one environment variable that Pulumi passes it in"
                        .formatted(bytes))
                .allowed("%d bytes, the limit of Linux".formatted(LARGEST)));
  }

  /**
   * How long the variable is, with its name and the zero at its end: a map of each key to a text,
   * which is JSON for what is not a text itself. An encrypted value counts as long as its cipher,
   * some bytes more than it has.
   */
  static int bytes(ObjectNode config) {
    var texts = JSON.createObjectNode();
    config.properties().forEach(each -> texts.put(each.getKey(), text(each.getValue())));
    return NAME.length() + json(texts).getBytes(StandardCharsets.UTF_8).length + 1;
  }

  private static String text(JsonNode value) {
    var opened = Encrypted.opened(value);
    return opened.isTextual() ? opened.textValue() : json(opened);
  }

  private static String json(JsonNode tree) {
    try {
      return JSON.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }

  /** Go's encoding/json also escapes what would mean something to a browser. */
  private static final class GoEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1;

    @Override
    public int[] getEscapeCodesForAscii() {
      var codes = CharacterEscapes.standardAsciiEscapesForJSON();
      codes['<'] = CharacterEscapes.ESCAPE_STANDARD;
      codes['>'] = CharacterEscapes.ESCAPE_STANDARD;
      codes['&'] = CharacterEscapes.ESCAPE_STANDARD;
      return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
      return null;
    }
  }
}
