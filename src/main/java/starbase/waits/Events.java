package starbase.waits;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/** The events of an object. */
final class Events {
  private Events() {}

  /** The message of the newest event with that reason. */
  static Optional<String> newest(ClusterReader cluster, ObjectMeta object, String reason) {
    return cluster.events(object.getNamespace(), object.getUid()).stream()
        .filter(event -> reason.equals(event.getReason()))
        .max(Comparator.comparing(Events::time))
        .map(event -> text(event.getMessage()));
  }

  /** The newest warning: its reason and message. */
  static Optional<String> newestWarning(ClusterReader cluster, ObjectMeta object) {
    return cluster.events(object.getNamespace(), object.getUid()).stream()
        .filter(event -> "Warning".equals(event.getType()))
        .max(Comparator.comparing(Events::time))
        .map(event -> event.getReason() + ": " + text(event.getMessage()));
  }

  /** When it happened last; times of this form are in the order of their texts. */
  private static String time(Event event) {
    if (event.getSeries() != null && event.getSeries().getLastObservedTime() != null) {
      return text(event.getSeries().getLastObservedTime().getTime());
    }
    if (event.getLastTimestamp() != null) {
      return event.getLastTimestamp();
    }
    return event.getEventTime() == null
        ? text(event.getMetadata().getCreationTimestamp())
        : text(event.getEventTime().getTime());
  }

  private static String text(String text) {
    return Objects.toString(text, "").strip();
  }
}
