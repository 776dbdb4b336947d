package starbase.stack.rules;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.TreeMap;
import starbase.kubernetes.Version;

/**
 * The versions that were tried together, from compatibility.yaml. They are data, so that a pull
 * request that raises a version can extend the range too.
 *
 * @param talos the range of Kubernetes of each line of Talos
 * @param cilium that of each line of Cilium
 * @param certManager that of each line of cert-manager
 * @param gatewayApi the lines of the Gateway API's bundle
 */
record Compatibility(
    TreeMap<String, Range> talos,
    TreeMap<String, Range> cilium,
    TreeMap<String, Range> certManager,
    List<String> gatewayApi) {
  /** Lines of Kubernetes, both included. */
  record Range(String from, String to) {
    boolean takes(Version version) {
      return new Version(from + ".0").compareTo(version) <= 0
          && (version.line().equals(to) || version.compareTo(new Version(to + ".0")) < 0);
    }

    @Override
    public String toString() {
      return from + " to " + to;
    }
  }

  static Compatibility read() {
    try (var file = Compatibility.class.getResourceAsStream("compatibility.yaml")) {
      return new YAMLMapper().readValue(file, Compatibility.class);
    } catch (IOException e) {
      throw new UncheckedIOException("compatibility.yaml is part of the program", e);
    }
  }
}
