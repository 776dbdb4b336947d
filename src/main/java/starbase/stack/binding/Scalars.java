package starbase.stack.binding;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import starbase.findings.Finding;
import starbase.rules.InvalidValueException;

/** Single values: texts, numbers, truth values, and the value types that are made from one. */
final class Scalars {
  /** Asked for at every value; Java makes the whole list of methods anew each time. */
  private static final ClassValue<Optional<Executable>> CREATORS =
      new ClassValue<>() {
        @Override
        protected Optional<Executable> computeValue(Class<?> type) {
          var creator =
              Stream.<Executable>concat(
                      Arrays.stream(type.getDeclaredMethods()),
                      Arrays.stream(type.getDeclaredConstructors()))
                  .filter(made -> made.isAnnotationPresent(JsonCreator.class))
                  .findFirst();
          creator.ifPresent(its -> its.setAccessible(true));
          return creator;
        }
      };

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

  /** How such a value is written. */
  static ScalarKind kind(Class<?> type) {
    var wire = wire(type);
    if (wire == int.class || wire == Integer.class) {
      return ScalarKind.NUMBER;
    }
    return wire == boolean.class || wire == Boolean.class ? ScalarKind.TRUTH : ScalarKind.TEXT;
  }

  private static Class<?> wire(Class<?> type) {
    return creator(type).<Class<?>>map(made -> made.getParameterTypes()[0]).orElse(type);
  }

  static @Nullable Object bind(JsonNode node, Class<?> type, String key, Binder binder) {
    var kind = kind(type);
    binder.written(key, kind);
    var wrong = wrongKind(node, kind);
    if (wrong.isPresent()) {
      binder.problem(wrong.get().apply(key), node);
      return null;
    }
    try {
      var value = value(node, wire(type));
      return creator(type).map(made -> create(made, value)).orElse(value);
    } catch (IllegalArgumentException e) {
      reason(e, node, type, key).forEach(finding -> binder.problem(finding, node));
      return null;
    }
  }

  /** The value of a node of the right kind. */
  private static Object value(JsonNode node, Class<?> wire) {
    if (node.isTextual()) {
      return wire == URI.class ? URI.create(node.textValue()) : node.textValue();
    }
    return node.isInt() ? (Object) node.intValue() : (Object) node.booleanValue();
  }

  /**
   * @throws IllegalArgumentException of the value type itself
   */
  private static Object create(Executable creator, Object value) {
    try {
      return creator instanceof Constructor<?> constructor
          ? constructor.newInstance(value)
          : ((Method) creator).invoke(null, value);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException("no " + creator, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no " + creator, e);
    }
  }

  private static Optional<Function<String, Finding>> wrongKind(JsonNode node, ScalarKind kind) {
    if (kind == ScalarKind.NUMBER) {
      return node.isInt()
          ? Optional.empty()
          : Optional.of(
              key ->
                  Finding.error(key, "is not a whole number")
                      .allowed("digits, without quotes or a point"));
    }
    if (kind == ScalarKind.TRUTH) {
      return node.isBoolean()
          ? Optional.empty()
          : Optional.of(
              key ->
                  Finding.error(key, "is neither true nor false")
                      .allowed("true or false, without quotes"));
    }
    return node.isTextual()
        ? Optional.empty()
        : Optional.of(
            key ->
                Finding.error(key, "is not a text")
                    .allowed(node.isContainerNode() ? "a single text" : "the same in quotes"));
  }

  /** What the value type itself says. */
  private static List<Finding> reason(
      IllegalArgumentException e, JsonNode node, Class<?> type, String key) {
    if (e instanceof InvalidValueException rule) {
      return rule.violations().stream()
          .map(violation -> Finding.error(key, violation.wrong()).allowed(violation.allowed()))
          .toList();
    }
    return List.of(
        type == URI.class
            ? Finding.error(key, "is not a URL").allowed(url(node.asText()))
            : Finding.error(key, "is not of the right form").allowed(Wanted.of(type)));
  }

  /** The same with a scheme, where that is all it lacks. */
  private static String url(String text) {
    var meant = "https://" + text;
    return !text.contains("://") && isUrl(meant)
        ? meant
        : "a URL without spaces, such as https://lab.example/";
  }

  private static boolean isUrl(String text) {
    try {
      return new URI(text).getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** The factory or constructor that makes such a value from a single other. */
  private static Optional<Executable> creator(Class<?> type) {
    return CREATORS.get(type);
  }
}
