package starbase.sources;

import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import starbase.kubernetes.Chart;
import starbase.kubernetes.ChartSource;

/** Charts, where the Kubernetes provider can load them. */
public final class Charts {
  private final Web web;
  private final Cache cache;
  private final Path project;

  /**
   * @param cache where packed charts are kept, by repository, name and version
   * @param project the project's folder, which both this program and the provider run in
   */
  public Charts(Web web, Cache cache, Path project) {
    this.web = web;
    this.cache = cache;
    this.project = project;
  }

  /**
   * The chart as a file of the project, at a path that is the same on every machine: it stands in
   * the stack's state. A chart of a registry stays where it is.
   *
   * @throws RunException if the chart can't be fetched, or is not what its repository's index says
   */
  public Chart locate(ChartSource source) {
    if (source instanceof ChartSource.Oci oci) {
      return new Chart(oci.url().toString(), Optional.of(oci.version()));
    }
    if (source instanceof ChartSource.Repository repository) {
      var location = "target/charts/%s-%s.tgz".formatted(repository.name(), repository.version());
      place(project.resolve(location), packed(repository));
      return new Chart(location, Optional.empty());
    }
    throw new IllegalStateException("no way to get " + source);
  }

  private byte[] packed(ChartSource.Repository source) {
    var name =
        "charts/%s/%s-%s.tgz"
            .formatted(
                Digest.of(source.url().toString().getBytes(StandardCharsets.UTF_8)),
                source.name(),
                source.version());
    return cache
        .read(name)
        .orElseGet(
            () -> {
              var fetched = fetch(source);
              cache.keep(name, fetched);
              return fetched;
            });
  }

  private byte[] fetch(ChartSource.Repository source) {
    var repository = URI.create(source.url() + (source.url().getPath().endsWith("/") ? "" : "/"));
    var index = repository.resolve("index.yaml");
    var entry =
        ChartIndex.parse(index, web.get(index)).find(index, source.name(), source.version());
    if (entry.urls().isEmpty()) {
      throw new RunException(
          "%s has no URL for chart \"%s\" %s".formatted(index, source.name(), source.version()));
    }
    if (entry.digest() == null) {
      throw new RunException(
          "%s has no digest for chart \"%s\" %s, so the download can't be verified; choose another version"
              .formatted(index, source.name(), source.version()));
    }
    var address = repository.resolve(entry.urls().get(0));
    var bytes = web.get(address);
    Digest.require(address + ", by its repository's index,", entry.digest(), bytes);
    return bytes;
  }

  /** Leaves a file alone that is right already: a run beside this one may be reading it. */
  private static void place(Path file, byte[] bytes) {
    try {
      if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
        Cache.write(file, bytes);
      }
    } catch (IOException e) {
      throw new RunException("%s cannot be written: %s".formatted(file, e.getMessage()));
    }
  }
}
