package starbase.waits;

import static starbase.waits.StatusConditions.maps;
import static starbase.waits.StatusConditions.text;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the parents of a route say about it, in {@code status.parents[]}. */
final class ParentConditions {
  private ParentConditions() {}

  /** What the route's parents lack to say True of a condition of that type, or empty. */
  static Optional<Verdict> lack(GenericKubernetesResource route, String type) {
    var told = maps(route.get("status", "parents"));
    long generation = Objects.requireNonNullElse(route.getMetadata().getGeneration(), 0L);
    for (var wanted : maps(route.get("spec", "parentRefs"))) {
      var conditions =
          told.stream()
              .filter(parent -> isSame(route, wanted, parent.get("parentRef")))
              .findFirst()
              .map(parent -> maps(parent.get("conditions")))
              .orElse(List.of());
      var lacks = StatusConditions.lacks(conditions, type, "True", generation);
      if (lacks.isPresent()) {
        return lacks;
      }
    }
    return Optional.empty();
  }

  private static boolean isSame(
      GenericKubernetesResource route, Map<String, Object> wanted, @Nullable Object told) {
    return told instanceof Map<?, ?> parent
        && List.of("name", "sectionName", "port").stream()
            .allMatch(key -> text(wanted, key).equals(Objects.toString(parent.get(key), "")))
        && namespace(route, wanted.get("namespace"))
            .equals(namespace(route, parent.get("namespace")));
  }

  private static String namespace(GenericKubernetesResource route, @Nullable Object said) {
    return said instanceof String text ? text : route.getMetadata().getNamespace();
  }
}
