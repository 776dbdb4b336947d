package starbase.sources;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/** The index.yaml of a Helm chart repository. */
record ChartIndex(Map<String, List<Entry>> entries) {
  /** The library's limit is 3 MiB; indexes of old repositories have more. */
  private static final int LARGEST = 64 * 1024 * 1024;

  private static final YAMLMapper YAML =
      YAMLMapper.builder(YAMLFactory.builder().loaderOptions(largeFiles()).build())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /**
   * One version of a chart.
   *
   * @param digest SHA-256 of the packed chart; an old index may say none
   * @param urls where it is, from the repository's address
   */
  record Entry(String version, @Nullable String digest, List<String> urls) {}

  static ChartIndex parse(URI address, byte[] yaml) {
    try {
      return YAML.readValue(yaml, ChartIndex.class);
    } catch (IOException e) {
      throw new RunException(
          address
              + " is not the index of a chart repository; check the chart's url in the stack file");
    }
  }

  /**
   * @throws RunException if the repository has no such chart or version; it names those it has
   */
  Entry find(URI address, String name, String version) {
    var versions = entries.get(name);
    if (versions == null) {
      throw new RunException(
          "%s has no chart \"%s\"; it has: %s"
              .formatted(address, name, entries.keySet().stream().sorted().limit(20).toList()));
    }
    return versions.stream()
        .filter(entry -> entry.version().equals(version))
        .findFirst()
        .orElseThrow(
            () ->
                new RunException(
                    "%s has no version \"%s\" of chart \"%s\"; it has: %s"
                        .formatted(
                            address,
                            version,
                            name,
                            versions.stream()
                                .map(Entry::version)
                                .limit(20)
                                .collect(Collectors.joining(", ")))));
  }

  private static LoaderOptions largeFiles() {
    var options = new LoaderOptions();
    options.setCodePointLimit(LARGEST);
    return options;
  }
}
