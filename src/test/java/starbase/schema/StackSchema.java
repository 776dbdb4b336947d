package starbase.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Executable;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import starbase.net.Port;
import starbase.rules.MaybeSecret;
import starbase.rules.TextPattern;
import starbase.stack.LabConfig;

/**
 * The JSON Schema (draft 7, which editors know best) of a stack file, from the records that it is
 * read into. It says what can be said of one value at a time: {@code ./lab check} says the rest.
 *
 * <p>Not by a library: nearly every type here (value types, sealed alternatives, Optional) would
 * need a definition of our own in it, and this is all of them.
 */
final class StackSchema {
  private final ObjectNode definitions = JsonNodeFactory.instance.objectNode();
  private final Map<String, Class<?>> defined = new HashMap<>();
  private final Javadoc docs;

  private StackSchema(Javadoc docs) {
    this.docs = docs;
  }

  static ObjectNode of(Javadoc docs) {
    var made = new StackSchema(docs);
    var schema = object();
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", "A stack file of Starbase");
    schema
        .put("type", "object")
        .put("additionalProperties", false)
        .putArray("required")
        .add("config");
    var properties = schema.putObject("properties");
    for (var key : List.of("encryptedkey", "encryptionsalt", "secretsprovider")) {
      properties.putObject(key).put("type", "string").put("description", "Pulumi's own.");
    }
    properties.putObject("environment").put("description", "Pulumi's own.");
    properties.set("config", made.config());
    schema.set("definitions", made.definitions);
    return schema;
  }

  /** Keys of other packages are theirs to describe; ours are the lab's and no others. */
  private ObjectNode config() {
    var lab = record(LabConfig.class, "starbase:");
    lab.withObject("properties").set("starbase:talosSecrets", encrypted());
    lab.putObject("patternProperties").put("^(?!starbase:)", true);
    return lab;
  }

  /** What {@code pulumi config set --secret} makes of a value. */
  private static ObjectNode encrypted() {
    var made = secure();
    describe(
        made,
        "An existing secrets bundle of Talos: talosctl gen secrets -o - | pulumi config set"
            + " --secret starbase:talosSecrets. Without it one is made, once.");
    return made;
  }

  private static ObjectNode secure() {
    var made = object().put("type", "object").put("additionalProperties", false);
    made.putArray("required").add("secure");
    made.putObject("properties").putObject("secure").put("type", "string");
    return made;
  }

  private ObjectNode record(Class<?> type, String prefix) {
    var made = object().put("type", "object").put("additionalProperties", false);
    describe(made, docs.of(type));
    fields(type, prefix, made.putArray("required"), made.putObject("properties"));
    return made;
  }

  private void fields(Class<?> type, String prefix, ArrayNode required, ObjectNode properties) {
    for (var component : type.getRecordComponents()) {
      if (isPart(type, component.getName())) {
        fields(component.getType(), prefix, required, properties);
        continue;
      }
      var key = prefix + component.getName();
      var optional = raw(component.getGenericType()) == Optional.class;
      if (!optional) {
        required.add(key);
      }
      var value =
          of(optional ? argument(component.getGenericType(), 0) : component.getGenericType());
      var text = docs.of(type, component.getName());
      if (value.has("$ref") && !text.isEmpty()) {
        // Beside a $ref nothing else counts.
        var wrapped = object();
        wrapped.putArray("allOf").add(value);
        value = wrapped;
      }
      describe(value, text);
      properties.set(key, value);
    }
  }

  /** Whether the keys of a field, a record of its own, stand beside the others. */
  private static boolean isPart(Class<?> type, String field) {
    try {
      return type.getDeclaredField(field).isAnnotationPresent(JsonUnwrapped.class);
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }

  private ObjectNode of(Type type) {
    var raw = raw(type);
    if (raw == List.class) {
      return object().put("type", "array").set("items", of(argument(type, 0)));
    }
    if (raw == Map.class) {
      var made = object().put("type", "object");
      form(raw(argument(type, 0)))
          .ifPresent(form -> made.putObject("propertyNames").put("pattern", "^(" + form + ")$"));
      made.set("additionalProperties", of(argument(type, 1)));
      return made;
    }
    return value(raw);
  }

  private ObjectNode value(Class<?> type) {
    if (type == Object.class) {
      return object();
    }
    if (type == MaybeSecret.class) {
      var made = object();
      made.putArray("anyOf").add(object().put("type", "string")).add(secure());
      return made;
    }
    if (type == Port.class) {
      return object().put("type", "integer").put("minimum", 1).put("maximum", 65535);
    }
    if (type == int.class || type == Integer.class) {
      return object().put("type", "integer");
    }
    if (type == boolean.class || type == Boolean.class) {
      return object().put("type", "boolean");
    }
    if (type == URI.class) {
      return object().put("type", "string").put("format", "uri");
    }
    if (type == String.class) {
      return object().put("type", "string");
    }
    if (isText(type)) {
      var made = object().put("type", "string");
      form(type).ifPresent(form -> made.put("pattern", "^(" + form + ")$"));
      return made;
    }
    return reference(type);
  }

  private ObjectNode reference(Class<?> type) {
    var name = type.getSimpleName();
    var before = defined.putIfAbsent(name, type);
    if (before != null && before != type) {
      // Editors show the name, so it is not made longer by a package.
      throw new IllegalStateException(
          "two definitions would be called %s: rename %s or %s"
              .formatted(name, before.getName(), type.getName()));
    }
    if (before == null) {
      definitions.set(name, object());
      definitions.set(name, type.isSealed() ? alternatives(type) : record(type, ""));
    }
    return object().put("$ref", "#/definitions/" + name);
  }

  private ObjectNode alternatives(Class<?> type) {
    var made = object();
    describe(made, docs.of(type));
    var oneOf = made.putArray("oneOf");
    for (var permitted : type.getPermittedSubclasses()) {
      var alternative = record(permitted, "");
      var kind = permitted.getSimpleName();
      alternative.withArray("required").insert(0, "kind");
      alternative
          .withObject("properties")
          .putObject("kind")
          .put("const", kind.substring(0, 1).toLowerCase(Locale.ROOT) + kind.substring(1));
      oneOf.add(alternative);
    }
    return made;
  }

  private static boolean isText(Class<?> type) {
    return Stream.<Executable>concat(
            Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getDeclaredConstructors()))
        .anyMatch(made -> made.isAnnotationPresent(JsonCreator.class));
  }

  private static Optional<String> form(Class<?> type) {
    return Optional.ofNullable(type.getAnnotation(TextPattern.class)).map(TextPattern::value);
  }

  private static void describe(ObjectNode node, String text) {
    if (!text.isEmpty()) {
      node.put("description", text);
    }
  }

  private static Class<?> raw(Type type) {
    return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
