package starbase.stack.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value as an API server sees it when it judges: with the defaults of what was left out. */
final class Defaults {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Defaults() {}

  /** A copy with the defaults. Whole numbers are Long in it, others Double. */
  static @Nullable Object fill(JsonNode schema, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      var filled = new LinkedHashMap<String, @Nullable Object>();
      map.forEach(
          (key, below) ->
              filled.put(String.valueOf(key), fill(Structure.below(schema, key), below)));
      schema
          .path("properties")
          .properties()
          .forEach(
              property -> {
                var given = property.getValue().get("default");
                if (given != null && !filled.containsKey(property.getKey())) {
                  filled.put(
                      property.getKey(),
                      fill(property.getValue(), JSON.convertValue(given, Object.class)));
                }
              });
      return filled;
    }
    if (value instanceof List<?> list) {
      var filled = new ArrayList<@Nullable Object>();
      list.forEach(each -> filled.add(fill(schema.path("items"), each)));
      return filled;
    }
    if (value instanceof Number number) {
      return number.doubleValue() == number.longValue() && !(value instanceof Float)
          ? (Object) number.longValue()
          : (Object) number.doubleValue();
    }
    return value;
  }
}
