package starbase.tools.pullrequest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What the engine would do: the answer of {@code pulumi preview --json}.
 *
 * @param changes in the engine's order, which is the program's; deletions come last
 * @param errors what made the preview fail; none if it did not
 * @param warnings what the engine and its plugins have to say
 */
public record Preview(List<Change> changes, List<String> errors, List<String> warnings) {
  /** Reads the answer. */
  public static Preview of(JsonNode answer) {
    return new Preview(
        changes(answer.path("steps")),
        messages(answer, "error").toList(),
        messages(answer, "warning").toList());
  }

  /** No preview at all, since the configuration has problems. */
  public static Preview none() {
    return new Preview(List.of(), List.of(), List.of());
  }

  private static List<Change> changes(JsonNode steps) {
    // A replacement is up to three steps; the one with the fields tells most.
    var byUrn = new LinkedHashMap<Urn, Change>();
    for (var step : steps) {
      Kind.of(step.path("op").asText())
          .map(kind -> Change.of(kind, step))
          .filter(change -> !change.urn().group())
          .ifPresent(change -> byUrn.merge(change.urn(), change, Preview::fuller));
    }
    return List.copyOf(byUrn.values());
  }

  private static Change fuller(Change one, Change other) {
    return Stream.of(one, other)
        .max(Comparator.comparingInt(change -> change.fields().size()))
        .orElseThrow();
  }

  private static Stream<String> messages(JsonNode answer, String severity) {
    return StreamSupport.stream(answer.path("diagnostics").spliterator(), false)
        .filter(each -> each.path("severity").asText().startsWith(severity))
        .map(each -> each.path("message").asText().strip())
        .filter(message -> !message.isEmpty());
  }

  /** The changes of each layer. */
  Map<String, List<Change>> byLayer() {
    return changes.stream()
        .collect(
            Collectors.groupingBy(
                change -> change.urn().layer(), LinkedHashMap::new, Collectors.toList()));
  }
}
