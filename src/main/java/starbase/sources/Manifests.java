package starbase.sources;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import starbase.kubernetes.Manifest;

/** YAML files with Kubernetes objects, each pinned by its SHA-256. */
public final class Manifests {
  private static final YAMLMapper YAML = new YAMLMapper();

  private final Web web;
  private final Cache cache;

  /**
   * @param cache where files are kept, by their SHA-256
   */
  public Manifests(Web web, Cache cache) {
    this.web = web;
    this.cache = cache;
  }

  /**
   * All objects of a file.
   *
   * @throws com.pulumi.exceptions.RunException if it can't be fetched, or has another digest
   */
  public List<Manifest> fetch(URI address, String sha256) {
    var name = "manifests/" + sha256 + ".yaml";
    var bytes =
        cache
            .read(name)
            .filter(cached -> Digest.of(cached).equals(sha256))
            .orElseGet(
                () -> {
                  var fetched = web.get(address);
                  Digest.require(address.toString(), sha256, fetched);
                  cache.keep(name, fetched);
                  return fetched;
                });
    return objects(bytes);
  }

  private static List<Manifest> objects(byte[] yaml) {
    var objects = new ArrayList<Manifest>();
    try (var documents =
        YAML.readerFor(new TypeReference<Map<String, Object>>() {})
            .<Map<String, Object>>readValues(yaml)) {
      documents.forEachRemaining(document -> objects.add(new Manifest(document)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return objects;
  }
}
