package starbase.apps;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import starbase.net.Port;
import starbase.rules.MaybeSecret;
import starbase.rules.Rules;

/**
 * A Deployment with one container.
 *
 * @param image the container's image, with its tag
 * @param port the port at which the container listens
 * @param replicas the number of pods; default: 1
 * @param environment the container's environment; an encrypted value goes into a Kubernetes Secret
 */
public record WorkloadConfig(
    String image,
    Port port,
    Optional<Integer> replicas,
    Optional<Map<String, MaybeSecret>> environment) {
  /** A reference as the distribution specification has it, in its usual form. */
  private static final Pattern IMAGE =
      Pattern.compile(
          "[A-Za-z0-9]([-.\\w]*[A-Za-z0-9])?(:\\d+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*"
              + "(:[\\w][\\w.-]{0,127})?(@sha256:[0-9a-f]{64})?");

  /** What Kubernetes takes as the name of a variable. */
  private static final Pattern VARIABLE = Pattern.compile("[-._a-zA-Z][-._a-zA-Z0-9]*");

  /**
   * @throws IllegalArgumentException if the image is none or has no tag or digest, there are fewer
   *     than no replicas, or the environment has names that Kubernetes refuses
   */
  public WorkloadConfig {
    boolean isImage = IMAGE.matcher(image).matches();
    var rules =
        new Rules()
            .require(
                isImage,
                "image",
                "is not an image",
                "registry, path, tag or digest, such as docker.io/traefik/whoami:v1.11.0")
            .require(
                !isImage || image.indexOf(':', image.lastIndexOf('/') + 1) > 0,
                "image",
                "has no tag",
                "one with a tag or digest, such as docker.io/traefik/whoami:v1.11.0")
            .require(replicas.orElse(1) >= 0, "replicas", "is below zero", "0 or more");
    for (var variable : environment.orElse(Map.of()).keySet()) {
      rules.requireKey(
          VARIABLE.matcher(variable).matches(),
          "environment",
          variable,
          "is not the name of an environment variable",
          "letters, digits, dot, dash and underscore, and no digit first");
    }
    rules.enforce();
  }

  /** The variables whose values are secrets, by name. */
  Map<String, String> secrets() {
    var secrets = new TreeMap<String, String>();
    environment
        .orElse(Map.of())
        .forEach(
            (name, value) -> {
              if (value.secret()) {
                secrets.put(name, value.text());
              }
            });
    return secrets;
  }
}
