package starbase.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.lang.reflect.Executable;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Single values: texts, numbers, truth values, and the value types that are made from one. */
final class Scalars {
  private Scalars() {}

  static boolean isScalar(Class<?> type) {
    return type == String.class
        || type == Integer.class
        || type == int.class
        || type == Boolean.class
        || type == boolean.class
        || type == URI.class
        || creator(type).isPresent();
  }

  static @Nullable Object bind(
      ObjectMapper json, JsonNode node, Class<?> type, String key, Binder binder) {
    var wire = creator(type).<Class<?>>map(made -> made.getParameterTypes()[0]).orElse(type);
    var wrong = wrongKind(node, wire);
    if (wrong.isPresent()) {
      binder.problem(key, Optional.of(node), wrong.get());
      return null;
    }
    try {
      return json.convertValue(node, type);
    } catch (IllegalArgumentException e) {
      binder.problem(key, Optional.of(node), reason(e));
      return null;
    }
  }

  private static Optional<String> wrongKind(JsonNode node, Class<?> wire) {
    if (wire == int.class || wire == Integer.class) {
      return node.isInt() ? Optional.empty() : Optional.of("is not a whole number");
    }
    if (wire == boolean.class || wire == Boolean.class) {
      return node.isBoolean()
          ? Optional.empty()
          : Optional.of("is neither true nor false; allowed: true or false, without quotes");
    }
    return node.isTextual()
        ? Optional.empty()
        : Optional.of(
            node.isContainerNode()
                ? "is not a text"
                : "is not a text; allowed: the same in quotes");
  }

  /** What the value type itself says, without Jackson's frame around it. */
  private static String reason(IllegalArgumentException e) {
    if (e.getCause() instanceof ValueInstantiationException made
        && made.getCause() instanceof IllegalArgumentException rule) {
      return String.valueOf(rule.getMessage());
    }
    return "is not of the right form";
  }

  /** The factory or constructor that makes such a value from a single other. */
  private static Optional<Executable> creator(Class<?> type) {
    return Stream.<Executable>concat(
            Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getDeclaredConstructors()))
        .filter(made -> made.isAnnotationPresent(JsonCreator.class))
        .findFirst();
  }
}
