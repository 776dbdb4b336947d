package starbase.gatewayapi;

import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A bundle of the Gateway API's definitions.
 *
 * @param version the bundle's version, as in v1.6.1
 * @param source the folder that holds the files; ends in a slash
 * @param files the SHA-256 of each file, by its name
 */
public record GatewayApiConfig(String version, URI source, Map<String, Sha256> files) {
  private static final Pattern VERSION = Pattern.compile("v\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?");

  /**
   * @throws IllegalArgumentException if the version is not of that form, the source is no folder of
   *     that version, or there are no files
   */
  public GatewayApiConfig {
    if (!VERSION.matcher(version).matches()) {
      throw new IllegalArgumentException(
          "version \"%s\" is not a bundle's; allowed: as in v1.6.1".formatted(version));
    }
    if (!source.toString().endsWith("/") || !source.toString().contains("/" + version + "/")) {
      throw new IllegalArgumentException(
          "source \"%s\" is not a folder of version %s; allowed: an address that holds /%s/ and ends in /"
              .formatted(source, version, version));
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException("files is empty; allowed: at least one file");
    }
  }

  /** The address of one of the files. */
  public URI address(String file) {
    return source.resolve(file);
  }
}
