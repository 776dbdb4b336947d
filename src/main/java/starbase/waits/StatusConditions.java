package starbase.waits;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the controllers of an object say about it. */
final class StatusConditions {
  /**
   * Reasons that only an edit of the object, or of what it names, takes away: those of the Gateway
   * API (its Go package {@code apis/v1}, the constants {@code …Reason…}) and of those who follow
   * its way to name them.
   *
   * <p>Not those that name something missing, such as BackendNotFound: another program may bring
   * it.
   */
  private static final Pattern ONLY_AN_EDIT_HELPS =
      Pattern.compile(
          "(Invalid(?!CertificateRef)|Unsupported).*"
              + "|NotAllowedByListeners|NoMatchingListenerHostname|NoMatchingParent"
              + "|AddressNotUsable|(Hostname|Protocol)Conflict|\\w+(Name|Names|Kind)Conflict"
              + "|MultipleNamesNotAllowed|cidr_overlap");

  /** Conditions that are False only for what can't be carried out as it is written. */
  private static final List<String> FALSE_IS_FINAL =
      List.of("Valid", StatusConditions.ADDRESS_GRANTED);

  /** What Cilium says of a Service that asks for an address. */
  static final String ADDRESS_GRANTED = "cilium.io/IPAMRequestSatisfied";

  private StatusConditions() {}

  /** All of the object's conditions in {@code status.conditions}. */
  static List<Map<String, Object>> of(GenericKubernetesResource object) {
    return maps(object.get("status", "conditions"));
  }

  /** The condition of that type. */
  static Optional<Map<String, Object>> find(List<Map<String, Object>> conditions, String type) {
    return conditions.stream().filter(each -> type.equals(each.get("type"))).findFirst();
  }

  /**
   * What a condition lacks to have a status, or empty if it has it.
   *
   * @param generation the object's present generation
   */
  static Optional<Verdict> lacks(
      List<Map<String, Object>> conditions, String type, String status, long generation) {
    var found = find(conditions, type);
    if (found.isEmpty()) {
      return Optional.of(new Verdict.NotYet("no controller has written " + type + " yet"));
    }
    var condition = found.get();
    if (number(condition.get("observedGeneration"), generation) < generation) {
      return Optional.of(
          new Verdict.NotYet(type + " is not written yet for the object as it is now"));
    }
    if (status.equals(condition.get("status"))) {
      return Optional.empty();
    }
    return Optional.of(verdict(condition));
  }

  /** What a condition that is not as wanted says, and whether waiting can help. */
  static Verdict verdict(Map<String, Object> condition) {
    var isFinal =
        "False".equals(condition.get("status"))
            && (FALSE_IS_FINAL.contains(text(condition, "type"))
                || ONLY_AN_EDIT_HELPS.matcher(text(condition, "reason")).matches());
    return isFinal ? Verdict.Hopeless.of(said(condition)) : new Verdict.NotYet(said(condition));
  }

  /** A condition as people read it: {@code Accepted is False (UnsupportedValue): the message}. */
  static String said(Map<String, Object> condition) {
    var said = "%s is %s".formatted(text(condition, "type"), text(condition, "status"));
    var reason = text(condition, "reason");
    var message = text(condition, "message").strip();
    return said
        + (reason.isEmpty() ? "" : " (" + reason + ")")
        + (message.isEmpty() ? "" : ": " + message);
  }

  static String text(Map<String, Object> map, String key) {
    return Objects.toString(map.get(key), "");
  }

  static long number(@Nullable Object value, long otherwise) {
    return value instanceof Number number ? number.longValue() : otherwise;
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> maps(@Nullable Object list) {
    return list instanceof List<?> those
        ? those.stream()
            .filter(Map.class::isInstance)
            .map(each -> (Map<String, Object>) each)
            .toList()
        : List.of();
  }
}
