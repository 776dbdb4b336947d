package starbase.kubernetes;

import java.util.Optional;

/**
 * A chart that the Kubernetes provider can load.
 *
 * @param location path of the packed chart from the project's folder, or an {@code oci://} address
 * @param version the version to ask the registry for; a packed chart knows its own
 */
public record Chart(String location, Optional<String> version) {}
