package starbase.stack.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import starbase.stack.cel.CelException;
import starbase.stack.cel.CelRule;

/**
 * Holds a value against a schema, with the keywords that Kubernetes' structural schemas have, and
 * against its rules in CEL. As in an API server, a rule is only asked about a value whose structure
 * is right.
 */
final class Structure {
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private final List<Problem> problems = new ArrayList<>();
  private final boolean open;

  private Structure(boolean open) {
    this.open = open;
  }

  /** What is wrong with a value that has its defaults already. */
  static List<Problem> problems(JsonNode schema, @Nullable Object value) {
    return problems(schema, value, false);
  }

  /**
   * @param open whether fields that the schema does not name are let pass: an alternative only says
   *     something of some
   */
  private static List<Problem> problems(JsonNode schema, @Nullable Object value, boolean open) {
    var structure = new Structure(open);
    structure.check(schema, value, "");
    return structure.problems;
  }

  /** The schema of a map's entry; missing if nothing is said of it. */
  static JsonNode below(JsonNode schema, Object key) {
    var named = schema.path("properties").path(String.valueOf(key));
    return named.isMissingNode() ? schema.path("additionalProperties") : named;
  }

  private void check(JsonNode schema, @Nullable Object value, String path) {
    int before = problems.size();
    var type = typeOf(value);
    if (!isOfType(schema, type)) {
      if (!schema.path("nullable").asBoolean() || value != null) {
        refuse(path, value, "has the wrong type", types(schema));
      }
      return;
    }
    choices(schema, value, path);
    if (value instanceof String text) {
      text(schema, text, path);
    } else if (value instanceof Number number) {
      number(schema, number, path);
    } else if (value instanceof List<?> list) {
      list(schema, list, path);
    } else if (value instanceof Map<?, ?> map) {
      map(schema, map, path);
    }
    if (problems.size() == before && value != null) {
      rules(schema, value, path);
    }
  }

  private void choices(JsonNode schema, @Nullable Object value, String path) {
    var values = schema.path("enum");
    if (!values.isEmpty() && stream(values).noneMatch(each -> each.asText().equals(value + ""))) {
      var known = stream(values).map(JsonNode::asText).collect(Collectors.joining(", "));
      refuse(path, value, "is not a known value", known);
    }
    alternatives(schema.path("anyOf"), value, path, false);
    alternatives(schema.path("oneOf"), value, path, true);
    if (schema.has("not") && problems(schema.path("not"), value, true).isEmpty()) {
      refuse(path, value, "is excluded by its schema", "another value");
    }
  }

  private void alternatives(JsonNode any, @Nullable Object value, String path, boolean oneOnly) {
    if (any.isEmpty()) {
      return;
    }
    var tried = stream(any).map(each -> problems(each, value, true)).toList();
    long fitting = tried.stream().filter(List::isEmpty).count();
    if (fitting == 0) {
      refuse(
          path,
          value,
          "matches none of the alternatives of its schema",
          tried.stream()
              .flatMap(each -> each.stream().limit(1))
              .map(Problem::allowed)
              .distinct()
              .collect(Collectors.joining("; or ")));
    } else if (oneOnly && fitting > 1) {
      refuse(path, value, "matches more than one of the alternatives of its schema", "one of them");
    }
  }

  private void text(JsonNode schema, String text, String path) {
    int length = text.codePointCount(0, text.length());
    if (length > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
      refuse(
          path,
          "",
          "has %d characters".formatted(length),
          "up to %d characters".formatted(schema.path("maxLength").asInt()));
    }
    if (length < schema.path("minLength").asInt()) {
      refuse(
          path,
          text,
          length == 0 ? "is empty" : "has %d characters".formatted(length),
          "at least %d characters".formatted(schema.path("minLength").asInt()));
    }
    var pattern = schema.path("pattern");
    if (pattern.isTextual()
        && !PATTERNS.computeIfAbsent(pattern.textValue(), Pattern::compile).matcher(text).find()) {
      refuse(path, text, "does not match the pattern of its schema", pattern.textValue());
    }
  }

  private void number(JsonNode schema, Number number, String path) {
    if (number.doubleValue() > schema.path("maximum").asDouble(Double.POSITIVE_INFINITY)) {
      refuse(path, number, "is too large", "up to " + schema.path("maximum").asText());
    }
    if (number.doubleValue() < schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY)) {
      refuse(path, number, "is too small", "at least " + schema.path("minimum").asText());
    }
  }

  private void list(JsonNode schema, List<?> list, String path) {
    count(schema, "Items", list.size(), path);
    var seen = new HashMap<Object, Integer>();
    for (int i = 0; i < list.size(); i++) {
      var at = path + "[" + i + "]";
      check(schema.path("items"), list.get(i), at);
      var identity = identity(schema, list.get(i));
      var before = identity == null ? null : seen.put(identity, i);
      if (before != null) {
        refuse(at, "", "is the same entry as %s[%d]".formatted(path, before), "each entry once");
      }
    }
  }

  /** What must be another in each entry; null if entries may repeat. */
  private static @Nullable Object identity(JsonNode schema, @Nullable Object entry) {
    var kind = schema.path("x-kubernetes-list-type").asText();
    if (kind.equals("set")) {
      return entry;
    }
    return kind.equals("map") && entry instanceof Map<?, ?> map
        ? stream(schema.path("x-kubernetes-list-map-keys"))
            .map(key -> String.valueOf(map.get(key.asText())))
            .toList()
        : null;
  }

  private void map(JsonNode schema, Map<?, ?> map, String path) {
    count(schema, "Properties", map.size(), path);
    for (var required : schema.path("required")) {
      if (!map.containsKey(required.asText())) {
        refuse(step(path, required.asText()), "", "is missing", "a value");
      }
    }
    map.forEach(
        (key, value) -> {
          var its = below(schema, key);
          if (its.isObject()) {
            check(its, value, step(path, key));
          } else if (isClosed(schema) && !its.asBoolean()) {
            var known = new TreeSet<String>();
            schema.path("properties").fieldNames().forEachRemaining(known::add);
            refuse(step(path, key), "", Problem.UNKNOWN, String.join(", ", known));
          }
        });
  }

  /** What such a schema does not name, an API server takes away without a word. */
  private boolean isClosed(JsonNode schema) {
    return !open
        && (schema.has("additionalProperties")
            || (!schema.path("properties").isEmpty()
                && !schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()));
  }

  private void count(JsonNode schema, String what, int count, String path) {
    if (count > schema.path("max" + what).asInt(Integer.MAX_VALUE)) {
      refuse(path, "", entries(count), "up to " + schema.path("max" + what).asText());
    }
    if (count < schema.path("min" + what).asInt()) {
      refuse(path, "", entries(count), "at least " + schema.path("min" + what).asText());
    }
  }

  private static String entries(int count) {
    return count == 0 ? "is empty" : "has %d %s".formatted(count, count == 1 ? "entry" : "entries");
  }

  private void rules(JsonNode schema, Object value, String path) {
    for (var rule : schema.path("x-kubernetes-validations")) {
      var text = rule.path("rule").asText();
      // Such a rule compares with the object that is in the cluster already.
      if (!text.contains("oldSelf") && !holds(text, value)) {
        var message = rule.path("message").asText(text);
        refuse(path, value, "breaks the rule \"%s\"".formatted(message), "");
      }
    }
  }

  private static boolean holds(String rule, Object value) {
    try {
      return CelRule.of(rule).holds(value);
    } catch (CelException e) {
      return false;
    }
  }

  private void refuse(String path, @Nullable Object given, String wrong, String allowed) {
    boolean single = given instanceof String || given instanceof Number || given instanceof Boolean;
    problems.add(new Problem(path, single ? String.valueOf(given) : "", wrong, allowed));
  }

  private static boolean isOfType(JsonNode schema, String type) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return type.equals("integer") || type.equals("string");
    }
    var asked = schema.path("type");
    return asked.isMissingNode()
        || (asked.isTextual() ? fits(asked, type) : stream(asked).anyMatch(one -> fits(one, type)));
  }

  private static boolean fits(JsonNode asked, String type) {
    return asked.asText().equals(type)
        || (asked.asText().equals("number") && type.equals("integer"));
  }

  private static String types(JsonNode schema) {
    return schema.path("x-kubernetes-int-or-string").asBoolean()
        ? "integer or string"
        : schema.path("type").isTextual()
            ? schema.path("type").asText()
            : stream(schema.path("type")).map(JsonNode::asText).collect(Collectors.joining(" or "));
  }

  private static String typeOf(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Map) {
      return "object";
    }
    if (value instanceof List) {
      return "array";
    }
    if (value instanceof String) {
      return "string";
    }
    if (value instanceof Boolean) {
      return "boolean";
    }
    return value instanceof Long ? "integer" : "number";
  }

  private static String step(String path, Object key) {
    return path.isEmpty() ? String.valueOf(key) : path + "." + key;
  }

  private static java.util.stream.Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
