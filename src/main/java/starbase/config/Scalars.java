package starbase.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import starbase.rules.Refused;

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

  static @Nullable Object bind(JsonNode node, Class<?> type, String key, Binder binder) {
    var creator = creator(type);
    var wire = creator.<Class<?>>map(made -> made.getParameterTypes()[0]).orElse(type);
    var wrong = wrongKind(node, wire);
    if (wrong.isPresent()) {
      binder.problem(wrong.get().apply(key), node);
      return null;
    }
    try {
      var value = value(node, wire);
      return creator.isPresent() ? create(creator.get(), value) : value;
    } catch (IllegalArgumentException e) {
      reason(e, key).forEach(finding -> binder.problem(finding, node));
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

  private static Optional<Function<String, Finding>> wrongKind(JsonNode node, Class<?> wire) {
    if (wire == int.class || wire == Integer.class) {
      return node.isInt()
          ? Optional.empty()
          : Optional.of(
              key ->
                  Finding.error(key, "is not a whole number")
                      .allowed("digits, without quotes or a point"));
    }
    if (wire == boolean.class || wire == Boolean.class) {
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
  private static List<Finding> reason(IllegalArgumentException e, String key) {
    if (e instanceof Refused rule) {
      return rule.breaches().stream()
          .map(breach -> Finding.error(key, breach.wrong()).allowed(breach.allowed()))
          .toList();
    }
    return List.of(Finding.error(key, "is not of the right form"));
  }

  /** The factory or constructor that makes such a value from a single other. */
  private static Optional<Executable> creator(Class<?> type) {
    return CREATORS.get(type);
  }
}
