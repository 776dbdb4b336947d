package starbase.kubernetes;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Additional labels and annotations of an object, for other programs such as external-dns.
 *
 * @param labels the labels
 * @param annotations the annotations
 */
public record MetadataConfig(
    Optional<Map<String, String>> labels, Optional<Map<String, String>> annotations) {
  /** Nothing. */
  public static final MetadataConfig NONE = new MetadataConfig(Optional.empty(), Optional.empty());

  /** The labels; null where there are none, as the models of fabric8 want it. */
  public @Nullable Map<String, String> labelled() {
    return labels.orElse(null);
  }

  /** The annotations; null where there are none. */
  public @Nullable Map<String, String> annotated() {
    return annotations.orElse(null);
  }
}
