package starbase.namespaces;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import starbase.rules.Rules;

/**
 * One namespace.
 *
 * @param labels its labels, for instance its PodSecurity level
 */
public record NamespaceConfig(Optional<Map<String, String>> labels) {
  /** Kubernetes' form of a label: an optional prefix that is a DNS name, and a short name. */
  private static final Pattern KEY =
      Pattern.compile(
          "([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  private static final Pattern VALUE =
      Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");
  private static final Pattern POD_SECURITY =
      Pattern.compile("pod-security\\.kubernetes\\.io/(enforce|audit|warn)");
  private static final Set<String> LEVELS = Set.of("privileged", "baseline", "restricted");

  /**
   * @throws IllegalArgumentException if a label has not the form that Kubernetes asks for, or names
   *     a level of PodSecurity that there is not
   */
  public NamespaceConfig {
    var rules = new Rules();
    labels
        .orElse(Map.of())
        .forEach(
            (key, value) ->
                rules
                    .require(
                        KEY.matcher(key).matches(),
                        "labels." + key,
                        "has a key that is not a label name",
                        "a name such as app.kubernetes.io/name")
                    .require(
                        VALUE.matcher(value).matches(),
                        "labels." + key,
                        "is not a label value",
                        "up to 63 letters, digits, dots, dashes and underscores")
                    .require(
                        !POD_SECURITY.matcher(key).matches() || LEVELS.contains(value),
                        "labels." + key,
                        "is not a level of Pod Security",
                        "privileged, baseline or restricted"));
    rules.enforce();
  }
}
