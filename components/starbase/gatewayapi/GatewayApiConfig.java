package starbase.gatewayapi;

import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import starbase.kubernetes.Version;
import starbase.net.Sha256;
import starbase.rules.Rules;

/**
 * A bundle of the Gateway API's CRDs.
 *
 * @param version the bundle's version, such as v1.6.1
 * @param source the address of the folder with the files; ends in a slash
 * @param files the SHA-256 of each file, by name
 */
public record GatewayApiConfig(Version version, URI source, Map<String, Sha256> files) {
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  /**
   * @throws IllegalArgumentException if the version is not of that form, the source is no folder of
   *     that version, or there are no files or not with names of files
   */
  public GatewayApiConfig {
    boolean isVersion = version.text().startsWith("v");
    boolean isOnTheWeb =
        source.getHost() != null && String.valueOf(source.getScheme()).matches("https?");
    var rules =
        new Rules()
            .require(
                isVersion,
                "version",
                "is not a version of the Gateway API",
                "three numbers after a v, such as v1.6.1")
            .require(
                isOnTheWeb,
                "source",
                "is not the URL of a folder",
                "a URL that starts with https:// or http://")
            .require(
                !isVersion
                    || !isOnTheWeb
                    || (source.toString().endsWith("/")
                        && source.toString().contains("/" + version + "/")),
                "source",
                "is not a folder of version " + version,
                "a URL that contains /" + version + "/ and ends in /")
            .require(!files.isEmpty(), "files", "is empty", "at least one file");
    for (var file : files.keySet()) {
      rules.requireKey(
          FILE.matcher(file).matches(),
          "files",
          file,
          "is not a file name",
          "letters, digits, dot, dash and underscore, such as gateway.networking.k8s.io_gateways.yaml");
    }
    rules.enforce();
  }

  /** The address of one of the files. */
  public URI address(String file) {
    return source.resolve(file);
  }
}
