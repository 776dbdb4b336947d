package starbase.apps;

import java.util.Map;
import java.util.Optional;
import starbase.net.Port;

/**
 * A small workload.
 *
 * @param image the container's image, with its tag
 * @param port where the container listens
 * @param replicas how many pods; one if left out
 * @param environment the container's environment
 */
public record WorkloadConfig(
    String image,
    Port port,
    Optional<Integer> replicas,
    Optional<Map<String, String>> environment) {
  /**
   * @throws IllegalArgumentException if the image has no tag or digest, or there are fewer than no
   *     replicas
   */
  public WorkloadConfig {
    if (image.indexOf(':', image.lastIndexOf('/') + 1) < 0) {
      throw new IllegalArgumentException(
          "image \"%s\" has no tag; allowed: one with a tag or digest, as in traefik/whoami:v1.11.0"
              .formatted(image));
    }
    if (replicas.orElse(1) < 0) {
      throw new IllegalArgumentException(
          "replicas %d is below zero; allowed: 0 or more".formatted(replicas.orElse(1)));
    }
  }
}
