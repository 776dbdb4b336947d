package starbase.kubernetes;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trees of maps, lists and scalars: the content of objects and of chart values. */
public final class Values {
  private Values() {}

  /**
   * The overlay laid over the base: maps are merged key by key, anything else of the overlay takes
   * the place of the base's. Neither argument is changed.
   */
  public static Map<String, Object> merge(Map<String, ?> base, Map<String, ?> overlay) {
    var merged = new LinkedHashMap<String, Object>(base);
    overlay.forEach(
        (key, over) -> {
          var under = merged.get(key);
          merged.put(
              key,
              under instanceof Map && over instanceof Map ? merge(map(under), map(over)) : over);
        });
    return Collections.unmodifiableMap(merged);
  }

  /**
   * The same tree with the scalar types that the Pulumi SDK takes: Integer, Double, String and
   * Boolean. A whole number beyond 32 bits becomes a Double, as numbers are on the wire.
   *
   * @throws IllegalArgumentException if the tree holds anything that is not JSON-like
   */
  public static Map<String, Object> forPulumi(Map<String, ?> tree) {
    var plain = new LinkedHashMap<String, Object>();
    tree.forEach(
        (key, value) -> {
          var converted = plain(value);
          if (converted != null) {
            plain.put(key, converted);
          }
        });
    return Collections.unmodifiableMap(plain);
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value == null || value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Map) {
      return forPulumi(map(value));
    }
    if (value instanceof List<?> list) {
      var plain = new ArrayList<@Nullable Object>();
      list.forEach(element -> plain.add(plain(element)));
      return Collections.unmodifiableList(plain);
    }
    if (value instanceof Integer || value instanceof Double) {
      return value;
    }
    if (value instanceof Long || value instanceof BigInteger || value instanceof Short) {
      var number = (Number) value;
      return number.longValue() == number.intValue()
          ? (Object) number.intValue()
          : (Object) number.doubleValue();
    }
    if (value instanceof Float || value instanceof BigDecimal) {
      return ((Number) value).doubleValue();
    }
    throw new IllegalArgumentException("no plain value: " + value.getClass().getName());
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }
}
