package starbase.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A condition of an object that the Kubernetes provider waits for, in the provider's own notation.
 *
 * @param expression the text in the annotation
 */
public record WaitFor(String expression) {
  private static final String ANNOTATION = "pulumi.com/waitFor";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A status condition of that type is True, for this generation where it says which. */
  public static WaitFor condition(String type) {
    return new WaitFor("condition=" + type);
  }

  /** A status condition of that type has that status, for instance Unknown. */
  public static WaitFor condition(String type, String status) {
    return new WaitFor("condition=" + type + "=" + status);
  }

  /**
   * What the provider looks at is what it wrote itself, or newer: its first look may be into the
   * API server's cache, and would be kept in the state as what there is.
   */
  public static WaitFor itself() {
    return exists("{.metadata.annotations['%s']}".formatted(ANNOTATION));
  }

  /** The JSONPath (in kubectl's notation, with braces) gives any value. */
  public static WaitFor exists(String jsonPath) {
    return new WaitFor("jsonpath=" + jsonPath);
  }

  /** The JSONPath (in kubectl's notation, with braces) gives the value. */
  public static WaitFor field(String jsonPath, String value) {
    return new WaitFor("jsonpath=" + jsonPath + "=" + value);
  }

  /**
   * The first parent of a route says that of the route as it is now. A route has its conditions in
   * {@code status.parents[]}, where {@link #condition} does not look.
   */
  public static WaitFor parentCondition(String type) {
    return field(
        "{.status.parents[0].conditions[?@.type==\"%s\" && @.observedGeneration==$.metadata.generation].status}"
            .formatted(type),
        "True");
  }

  /** What makes the provider wait until all conditions hold. */
  public static Map<String, String> annotation(WaitFor... conditions) {
    var expressions = Stream.of(conditions).map(WaitFor::expression).toList();
    try {
      return Map.of(ANNOTATION, JSON.writeValueAsString(expressions));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a list of texts is always JSON", e);
    }
  }
}
