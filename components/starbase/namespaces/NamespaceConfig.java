package starbase.namespaces;

import java.util.Map;
import java.util.Optional;

/**
 * One namespace.
 *
 * @param labels its labels, for instance the level of PodSecurity
 */
public record NamespaceConfig(Optional<Map<String, String>> labels) {}
