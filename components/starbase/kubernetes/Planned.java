package starbase.kubernetes;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * An object that the plan makes, and the configuration that it is made of.
 *
 * @param key the configuration's key, as in {@code starbase:apps.homepage}
 * @param object the object
 * @param fields by a field of the object, the key below {@code key} that it comes from; {@code []}
 *     stands for any place in a list
 */
public record Planned(String key, Manifest object, Map<String, String> fields) {
  private static final Pattern PLACE = Pattern.compile("\\[\\d+]");

  /**
   * The key that a field comes from: the nearest that is known.
   *
   * @param field as in {@code spec.rules[0].matches}
   */
  public String keyOf(String field) {
    for (var known = PLACE.matcher(field).replaceAll("[]");
        !known.isEmpty();
        known = known.substring(0, Math.max(0, lastStep(known)))) {
      if (fields.containsKey(known)) {
        return key + "." + placed(fields.get(known), field);
      }
    }
    return key;
  }

  private static String placed(String key, String field) {
    var places = PLACE.matcher(field);
    var placed = new StringBuilder();
    for (var part : key.split("(?=\\[])|(?<=\\[])")) {
      placed.append(part.equals("[]") && places.find() ? places.group() : part);
    }
    return placed.toString();
  }

  private static int lastStep(String field) {
    return Math.max(field.lastIndexOf('.'), field.lastIndexOf('['));
  }
}
