package starbase.kubernetes;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The wanted state of one Kubernetes object, as a tree.
 *
 * @param tree apiVersion, kind, metadata and whatever fields the kind has
 * @param readyWhen what has to hold for the object to be ready; if nothing, it has to exist
 */
public record Manifest(Map<String, Object> tree, List<WaitFor> readyWhen) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @throws IllegalArgumentException if apiVersion, kind or metadata.name is missing
   */
  public Manifest {
    tree = Values.forPulumi(tree);
    if (!(tree.get("apiVersion") instanceof String)
        || !(tree.get("kind") instanceof String)
        || !(tree.get("metadata") instanceof Map<?, ?> metadata)
        || !(metadata.get("name") instanceof String)) {
      throw new IllegalArgumentException(
          "an object needs apiVersion, kind and metadata.name, and this has only " + tree.keySet());
    }
  }

  /** An object that is ready when it exists. */
  public Manifest(Map<String, Object> tree) {
    this(tree, List.of());
  }

  /** The object that a typed model describes. */
  public static Manifest of(HasMetadata model) {
    return new Manifest(JSON.convertValue(model, new TypeReference<>() {}));
  }

  /** The same object, which is ready when all these conditions hold. */
  public Manifest readyWhen(WaitFor... conditions) {
    return new Manifest(tree, List.of(conditions));
  }

  /** The object's apiVersion, as in {@code apps/v1}. */
  public String apiVersion() {
    return text(tree, "apiVersion");
  }

  /** The object's kind. */
  public String kind() {
    return text(tree, "kind");
  }

  /** The object's metadata.name. */
  public String name() {
    return text(metadata(), "name");
  }

  /** The object's metadata.namespace; empty if it is cluster-scoped. */
  public Optional<String> namespace() {
    return Optional.ofNullable(metadata().get("namespace")).map(String::valueOf);
  }

  /** The object's name, namespace, labels and annotations. */
  public Map<String, Object> metadata() {
    return Values.map(tree.getOrDefault("metadata", Map.of()));
  }

  private static String text(Map<String, Object> map, String key) {
    return String.valueOf(map.get(key));
  }
}
