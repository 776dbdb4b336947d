package starbase.testing;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pulumirpc.AliasOuterClass.Alias;
import pulumirpc.Resource.RegisterResourceRequest;

/**
 * One resource as the engine would have got it.
 *
 * @param request the request
 */
public record Registered(RegisterResourceRequest request) {
  public String type() {
    return request.getType();
  }

  public String name() {
    return request.getName();
  }

  @Override
  public String toString() {
    return typeAndName();
  }

  /** For instance {@code Gateway gateways-gateway-internal}. */
  public String typeAndName() {
    return type().substring(type().lastIndexOf(':') + 1) + " " + name();
  }

  /** What the engine knows it by, below its parent. */
  public String urn() {
    return urn(type(), name());
  }

  /** That, and by what it was known formerly. */
  public Set<String> urns() {
    return Stream.concat(
            Stream.of(urn()),
            request.getAliasesList().stream()
                .map(Alias::getSpec)
                .map(former -> urn(or(former.getType(), type()), or(former.getName(), name()))))
        .collect(Collectors.toSet());
  }

  private static String urn(String type, String name) {
    return type + "::" + name;
  }

  private static String or(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }

  /** The parent's name; empty for the stack itself. */
  public String parent() {
    return last(request.getParent());
  }

  public boolean isProtected() {
    return request.getProtect();
  }

  public boolean retainOnDelete() {
    return request.getRetainOnDelete();
  }

  /** The names of what it depends on, by its options. */
  public Set<String> dependsOn() {
    return request.getDependenciesList().stream().map(Registered::last).collect(Collectors.toSet());
  }

  /** The name of the provider that it goes through; empty if none was said. */
  public String provider() {
    return request.getProvider().isEmpty()
        ? ""
        : last(request.getProvider().substring(0, request.getProvider().lastIndexOf("::")));
  }

  /** One input, as plain Java: maps, lists, texts, doubles and truth values. */
  public Object input(String field) {
    var value = request.getObject().getFieldsMap().get(field);
    if (value == null) {
      throw new AssertionError(name() + " has no input " + field);
    }
    return plain(value);
  }

  /** All inputs. */
  public Map<String, Object> inputs() {
    return plain(request.getObject());
  }

  private static Map<String, Object> plain(Struct struct) {
    var map = new LinkedHashMap<String, Object>();
    struct.getFieldsMap().forEach((key, value) -> map.put(key, plain(value)));
    return map;
  }

  private static Object plain(Value value) {
    return switch (value.getKindCase()) {
      case STRUCT_VALUE -> plain(value.getStructValue());
      case LIST_VALUE ->
          List.copyOf(
              value.getListValue().getValuesList().stream().map(Registered::plain).toList());
      case STRING_VALUE -> value.getStringValue();
      case NUMBER_VALUE -> value.getNumberValue();
      case BOOL_VALUE -> value.getBoolValue();
      default -> throw new AssertionError("no plain value: " + value);
    };
  }

  private static String last(String urn) {
    return urn.isEmpty() ? "" : urn.substring(urn.lastIndexOf("::") + 2);
  }
}
