package starbase.stack.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import starbase.findings.Finding;
import starbase.rules.MaybeSecret;

/**
 * Makes records from a JSON tree and keeps every problem it meets on the way.
 *
 * <p>Jackson stops at the first problem; people want to fix them all at once. So this walks
 * records, maps, lists and sealed alternatives itself. A value that could not be made is null while
 * walking, and what holds it is not made either: its rules would only repeat the problem.
 */
final class Binder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, ScalarKind> kinds = new HashMap<>();
  private final boolean salvaging;

  private final Set<String> doubtful;

  /** Makes all or nothing. */
  Binder() {
    this.salvaging = false;
    this.doubtful = Set.of();
  }

  /**
   * Makes what holds a wrong value without it, where it can be.
   *
   * @param doubtful the keys of values that are taken for wrong whatever they are
   */
  Binder(Set<String> doubtful) {
    this.salvaging = true;
    this.doubtful = doubtful;
  }

  List<Finding> findings() {
    return findings;
  }

  /** How the single values are written, by key. */
  Map<String, ScalarKind> kinds() {
    return kinds;
  }

  void written(String key, ScalarKind kind) {
    kinds.put(key, kind);
  }

  boolean salvaging() {
    return salvaging;
  }

  void problem(Finding finding) {
    findings.add(finding);
  }

  void problem(Finding finding, JsonNode given) {
    findings.add(finding.givenJson(Optional.of(Encrypted.masked(given).toString())));
  }

  /** The value of that type, or null if there is a problem with it. */
  @Nullable Object bind(JsonNode node, Type type, String key) {
    if (doubtful.contains(key)) {
      return null;
    }
    if (node.isNull()) {
      problem(
          Finding.error(key, "has no value")
              .allowed("a value; leave the key out if it is optional"));
      return null;
    }
    if (type == MaybeSecret.class) {
      return maybeSecret(node, key);
    }
    if (Encrypted.is(node) || (type == Object.class && Encrypted.isIn(node))) {
      problem(
          Finding.error(key, "is encrypted, and can't be a secret")
              .allowed(
                  "the plain value (pulumi config set without --secret); only the environment of a workload can be secret"));
      return null;
    }
    if (type instanceof ParameterizedType generic) {
      return bindGeneric(node, generic, key);
    }
    var plain = (Class<?>) type;
    if (plain == Object.class) {
      return JSON.convertValue(node, Object.class);
    }
    if (Scalars.isScalar(plain)) {
      return Scalars.bind(node, plain, key, this);
    }
    return object(node, key).map(object -> Records.bind(object, plain, key, this)).orElse(null);
  }

  private @Nullable Object maybeSecret(JsonNode node, String key) {
    if (Encrypted.is(node)) {
      return new MaybeSecret(Encrypted.text(node), true);
    }
    var text = Scalars.bind(node, String.class, key, this);
    return text == null ? null : MaybeSecret.plain((String) text);
  }

  private @Nullable Object bindGeneric(JsonNode node, ParameterizedType type, String key) {
    var arguments = type.getActualTypeArguments();
    if (type.getRawType() == Optional.class) {
      var value = bind(node, arguments[0], key);
      return value == null && !salvaging ? null : Optional.ofNullable(value);
    }
    if (type.getRawType() == List.class) {
      return bindList(node, arguments[0], key);
    }
    if (type.getRawType() == Map.class) {
      return object(node, key)
          .map(object -> bindMap(object, arguments[0], arguments[1], key))
          .orElse(null);
    }
    throw new IllegalStateException("no rule for " + type + " at " + key);
  }

  private @Nullable List<Object> bindList(JsonNode node, Type element, String key) {
    if (!node.isArray()) {
      problem(
          Finding.error(key, "is not a list").allowed("a list, with a dash before each entry"),
          node);
      return null;
    }
    var list = new ArrayList<Object>();
    for (int i = 0; i < node.size(); i++) {
      var value = bind(node.get(i), element, key + "[" + i + "]");
      if (value != null) {
        list.add(value);
      }
    }
    return list.size() == node.size() || salvaging ? Collections.unmodifiableList(list) : null;
  }

  private @Nullable Map<Object, Object> bindMap(
      ObjectNode node, Type keyType, Type valueType, String key) {
    var map = new LinkedHashMap<Object, Object>();
    node.properties()
        .forEach(
            entry -> {
              var path = Records.path(key, entry.getKey());
              var name = bind(JSON.getNodeFactory().textNode(entry.getKey()), keyType, path);
              kinds.remove(path); // the key's own
              var value = bind(entry.getValue(), valueType, path);
              if (name != null && value != null) {
                map.put(name, value);
              }
            });
    return map.size() == node.size() || salvaging ? Collections.unmodifiableMap(map) : null;
  }

  private Optional<ObjectNode> object(JsonNode node, String key) {
    if (node instanceof ObjectNode object) {
      return Optional.of(object);
    }
    problem(Finding.error(key, "is not a map").allowed("keys with values below it"), node);
    return Optional.empty();
  }
}
