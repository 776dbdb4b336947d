package starbase.stack.definitions;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a value of a chart has to be for the lab to work. Needs are data, in {@code
 * charts/CHART-needs.json}.
 *
 * @param value the value's path, as in {@code l2announcements.enabled}
 * @param only what it may be, as text; empty for all but {@code never}
 * @param never what it may not be, as text
 * @param without what stops working otherwise
 */
public record Need(String value, List<String> only, List<String> never, String without) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** All needs of a chart. */
  public static List<Need> ofChart(String chart) {
    try (var file = Need.class.getResourceAsStream("charts/" + chart + "-needs.json")) {
      return JSON.readValue(file, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the values have that the need does not allow; empty if the need is met. */
  public Optional<Object> unmet(Map<String, Object> values) {
    Object at = values;
    for (var name : value.split("\\.")) {
      var below = at instanceof Map<?, ?> map ? map.get(name) : null;
      if (below == null) {
        return Optional.empty(); // as the chart or the lab has it
      }
      at = below;
    }
    var given = at.toString();
    boolean met = (only.isEmpty() || only.contains(given)) && !never.contains(given);
    return met ? Optional.empty() : Optional.of(at);
  }

  /** What may be given. */
  public String allowed() {
    var texts = only.stream().map(text -> text.isEmpty() ? "\"\"" : text).toList();
    return only.isEmpty() ? "other than " + String.join(", ", never) : String.join(", ", texts);
  }
}
