package starbase.stack.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import starbase.findings.Finding;
import starbase.findings.Nearest;
import starbase.rules.InvalidValueException;
import starbase.rules.Violation;

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
    var kinds = Arrays.stream(type.getPermittedSubclasses()).map(Records::kind).sorted().toList();
    if (given == null) {
      binder.problem(Finding.error(wanted, "is missing").allowed(String.join(", ", kinds)));
      return null;
    }
    var alternative =
        Arrays.stream(type.getPermittedSubclasses())
            .filter(permitted -> given.isTextual() && kind(permitted).equals(given.textValue()))
            .findFirst();
    if (alternative.isEmpty()) {
      binder.problem(Finding.error(wanted, "is not known").allowed(given.asText(), kinds), given);
      return null;
    }
    var rest = node.objectNode();
    rest.setAll(node);
    rest.remove(KIND);
    return bindRecord(rest, alternative.get(), key, binder);
  }

  private static @Nullable Object bindRecord(
      ObjectNode node, Class<?> type, String key, Binder binder) {
    int before = binder.findings().size();
    var shape = RecordDescriptor.of(type);
    var names = shape.names();
    var known = shape.keys();
    var meant = new HashMap<String, String>();
    for (var entry : node.properties()) {
      if (!known.contains(entry.getKey())) {
        var absent = known.stream().filter(name -> !node.has(name)).toList();
        var nearest = Nearest.of(entry.getKey(), absent);
        nearest.ifPresent(name -> meant.putIfAbsent(name, entry.getKey()));
        binder.problem(
            Finding.error(path(key, entry.getKey()), "is not known").allowed(known, nearest));
      }
    }
    var given = binder.salvaging() ? corrected(node, meant) : node;
    var values = new @Nullable Object[names.size()];
    for (int i = 0; i < values.length; i++) {
      var component = shape.types().get(i);
      if (shape.parts().contains(names.get(i))) {
        var part = (Class<?>) component;
        var its = node.objectNode();
        its.setAll(given);
        its.retain(RecordDescriptor.of(part).keys());
        values[i] = bindRecord(its, part, key, binder);
        continue;
      }
      // A key that was misspelt is not missing as well.
      boolean asked =
          given.has(names.get(i))
              || !meant.containsKey(names.get(i))
              || RecordDescriptor.isOptional(component);
      values[i] = asked ? component(given, names.get(i), component, key, binder) : null;
    }
    boolean whole = Arrays.stream(values).allMatch(Objects::nonNull);
    boolean clean = binder.findings().size() == before;
    return whole && (clean || binder.salvaging())
        ? create(shape, values, given, key, binder)
        : null;
  }

  /** The same with each misspelt key under the name that was meant. */
  private static ObjectNode corrected(ObjectNode node, Map<String, String> meant) {
    if (meant.isEmpty()) {
      return node;
    }
    var made = node.deepCopy();
    meant.forEach((name, given) -> made.set(name, made.remove(given)));
    return made;
  }

  private static @Nullable Object component(
      ObjectNode node, String name, Type type, String key, Binder binder) {
    JsonNode value = node.get(name);
    if (value != null) {
      return binder.bind(value, type, path(key, name));
    }
    if (RecordDescriptor.isOptional(type)) {
      return Optional.empty();
    }
    binder.problem(Finding.error(path(key, name), "is missing").allowed(Wanted.of(type)));
    return null;
  }

  private static @Nullable Object create(
      RecordDescriptor shape,
      @Nullable Object[] values,
      ObjectNode node,
      String key,
      Binder binder) {
    try {
      return shape.constructor().newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof InvalidValueException rule) {
        for (var violation : rule.violations()) {
          var finding = Finding.error(path(key, violation.field()), violation.wrong());
          var given = violation.name().map(Records::quoted).or(() -> at(node, violation.field()));
          binder.problem(finding.givenJson(given).allowed(violation.allowed()));
        }
        return binder.salvaging() && shape.isAllOptional()
            ? rest(shape, values, rule.violations(), node, key, binder)
            : null;
      }
      if (e.getCause() instanceof IllegalArgumentException rule) {
        binder.problem(Finding.error(key, String.valueOf(rule.getMessage())));
        return null;
      }
      throw new IllegalStateException("no " + shape.constructor() + " at " + key, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no " + shape.constructor() + " at " + key, e);
    }
  }

  /** The record without the values that break its rules; each of its values may be left out. */
  private static @Nullable Object rest(
      RecordDescriptor shape,
      @Nullable Object[] values,
      List<Violation> violations,
      ObjectNode node,
      String key,
      Binder binder) {
    var rest = values.clone();
    for (var violation : violations) {
      int field = shape.names().indexOf(violation.field().split("[.\\[]", 2)[0]);
      if (field >= 0) {
        rest[field] = Optional.empty();
      }
    }
    return Arrays.equals(rest, values) ? null : create(shape, rest, node, key, binder);
  }

  private static String quoted(String text) {
    return JsonNodeFactory.instance.textNode(text).toString();
  }

  /** The value at a field, if it is one that fits into a line: a name below it may hold dots. */
  private static Optional<String> at(ObjectNode node, String field) {
    JsonNode value = node;
    for (var step : field.split("[.\\[]", field.contains("[") ? -1 : 2)) {
      value =
          step.endsWith("]")
              ? value.path(Integer.parseInt(step.replace("]", "")))
              : value.path(step);
    }
    return value.isValueNode() ? Optional.of(value.toString()) : Optional.empty();
  }

  /** What people write for an alternative: its name with a small first letter. */
  static String kind(Class<?> alternative) {
    var name = alternative.getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  /**
   * The path of a key below another; right after the project's name stands no dot. A record as a
   * whole has no key of its own below itself.
   */
  static String path(String parent, String child) {
    if (child.isEmpty()) {
      return parent;
    }
    return parent.endsWith(":") ? parent + child : parent + "." + child;
  }
}
