package starbase.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Records, and sealed alternatives of records told apart by the key {@code kind}. */
final class Records {
  private static final String KIND = "kind";

  private Records() {}

  static @Nullable Object bind(ObjectNode node, Class<?> type, String key, Binder binder) {
    if (!type.isSealed()) {
      return bindRecord(node, type, key, binder);
    }
    var wanted = path(key, KIND);
    var given = node.get(KIND);
    var allowed =
        Arrays.stream(type.getPermittedSubclasses())
            .map(Records::kind)
            .sorted()
            .collect(Collectors.joining(", "));
    if (given == null) {
      binder.problem(wanted, Optional.empty(), "is missing; allowed: " + allowed);
      return null;
    }
    var alternative =
        Arrays.stream(type.getPermittedSubclasses())
            .filter(permitted -> given.isTextual() && kind(permitted).equals(given.textValue()))
            .findFirst();
    if (alternative.isEmpty()) {
      binder.problem(wanted, Optional.of(given), "is not known; allowed: " + allowed);
      return null;
    }
    var rest = node.deepCopy();
    rest.remove(KIND);
    return bindRecord(rest, alternative.get(), key, binder);
  }

  private static @Nullable Object bindRecord(
      ObjectNode node, Class<?> type, String key, Binder binder) {
    int before = binder.problems().size();
    var components = type.getRecordComponents();
    var names = Arrays.stream(components).map(RecordComponent::getName).toList();
    node.properties().stream()
        .filter(entry -> !names.contains(entry.getKey()))
        .forEach(
            entry ->
                binder.problem(
                    path(key, entry.getKey()),
                    Optional.empty(),
                    "is not known; allowed: " + String.join(", ", names)));
    var values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = component(node, components[i], key, binder);
    }
    return binder.problems().size() > before ? null : create(type, components, values, key, binder);
  }

  private static @Nullable Object component(
      ObjectNode node, RecordComponent component, String key, Binder binder) {
    var type = component.getGenericType();
    var path = path(key, component.getName());
    JsonNode value = node.get(component.getName());
    if (value != null) {
      return binder.bind(value, type, path);
    }
    if (isOptional(type)) {
      return Optional.empty();
    }
    binder.problem(path, Optional.empty(), "is missing");
    return null;
  }

  private static @Nullable Object create(
      Class<?> type,
      RecordComponent[] components,
      @Nullable Object[] values,
      String key,
      Binder binder) {
    var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException rule) {
        binder.problem(key, Optional.empty(), String.valueOf(rule.getMessage()));
        return null;
      }
      throw new IllegalStateException("no " + type.getName() + " at " + key, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no " + type.getName() + " at " + key, e);
    }
  }

  private static boolean isOptional(Type type) {
    return type.getTypeName().startsWith(Optional.class.getName() + "<");
  }

  /** What people write for an alternative: its name with a small first letter. */
  private static String kind(Class<?> alternative) {
    var name = alternative.getSimpleName();
    return name.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + name.substring(1);
  }

  /** The path of a key below another; right after the project's name stands no dot. */
  static String path(String parent, String child) {
    return parent.endsWith(":") ? parent + child : parent + "." + child;
  }
}
