package starbase.it;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * The API servers' own account of an {@code up}: when which object was first written, and when its
 * status first said that it is ready. Dry runs, refused requests and reads are left out.
 *
 * @param events finished requests
 *     (https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/), in the order in which
 *     they were
 */
record AuditLog(List<JsonNode> events) {

  /** What an object is called in the log: resource in plural, namespace (empty for none), name. */
  record Ref(String resource, String namespace, String name) {
    @Override
    public String toString() {
      return resource + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
  }

  /** Reads the logs of all API servers, one after the other. */
  static AuditLog parse(String lines) {
    return new AuditLog(
        lines
            .lines()
            .map(Outcome::json)
            .filter(AuditLog::counts)
            .sorted(comparing(e -> Instant.parse(e.at("/stageTimestamp").asText())))
            .toList());
  }

  private static boolean counts(JsonNode event) {
    return event.at("/stage").asText().equals("ResponseComplete")
        && event.at("/responseStatus/code").asInt() < 300
        && List.of("create", "update", "patch").contains(event.at("/verb").asText())
        && !event.at("/requestURI").asText().contains("dryRun=");
  }

  /** When the request came that first wrote the object. */
  Instant written(Ref ref) {
    return events.stream()
        .filter(e -> refers(e, ref) && e.at("/objectRef/subresource").isMissingNode())
        .map(e -> Instant.parse(e.at("/requestReceivedTimestamp").asText()))
        .min(Instant::compareTo)
        .orElseThrow(() -> new AssertionError("the audit log never saw a write of " + ref));
  }

  /** When a status was first stored that satisfies the condition. */
  Instant ready(Ref ref, Predicate<JsonNode> condition) {
    return events.stream()
        .filter(e -> refers(e, ref) && e.at("/objectRef/subresource").asText().equals("status"))
        .filter(e -> condition.test(e.at("/responseObject/status")))
        .map(e -> Instant.parse(e.at("/stageTimestamp").asText()))
        .min(Instant::compareTo)
        .orElseThrow(
            () -> new AssertionError("the audit log never saw %s become ready".formatted(ref)));
  }

  /** A condition of a status, true. */
  static Predicate<JsonNode> condition(String type) {
    return status -> holds(status.at("/conditions"), type);
  }

  /** Conditions of a route's first parent, true. */
  static Predicate<JsonNode> parentCondition(String type) {
    return status -> holds(status.at("/parents/0/conditions"), type);
  }

  private static boolean holds(JsonNode conditions, String type) {
    return StreamSupport.stream(conditions.spliterator(), false)
        .anyMatch(
            c -> c.at("/type").asText().equals(type) && c.at("/status").asText().equals("True"));
  }

  private static boolean refers(JsonNode event, Ref ref) {
    var object = event.at("/objectRef");
    return object.at("/resource").asText().equals(ref.resource())
        && object.at("/namespace").asText().equals(ref.namespace())
        && object.at("/name").asText().equals(ref.name());
  }
}
