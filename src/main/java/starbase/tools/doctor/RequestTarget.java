package starbase.tools.doctor;

import com.pulumi.exceptions.RunException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import starbase.net.Hostname;

/**
 * What is asked for.
 *
 * @param tls whether by HTTPS
 * @param path with its query, begins with a slash
 */
public record RequestTarget(boolean tls, Hostname host, int port, String path) {
  static final int HTTP = 80;
  static final int HTTPS = 443;

  /**
   * Reads a hostname or URL; HTTPS if it names no scheme.
   *
   * @throws RunException if it is neither
   */
  public static RequestTarget of(String text) {
    try {
      var uri = new URI(text.contains("://") ? text : "https://" + text);
      var tls = "https".equals(uri.getScheme());
      if (uri.getHost() == null || !tls && !"http".equals(uri.getScheme())) {
        throw refused(text);
      }
      var path = Optional.ofNullable(uri.getRawPath()).filter(its -> !its.isEmpty()).orElse("/");
      var query = Optional.ofNullable(uri.getRawQuery()).map(its -> "?" + its).orElse("");
      var port = uri.getPort() >= 0 ? uri.getPort() : tls ? HTTPS : HTTP;
      return new RequestTarget(
          tls, new Hostname(uri.getHost().toLowerCase(Locale.ROOT)), port, path + query);
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw refused(text);
    }
  }

  String protocol() {
    return tls ? "HTTPS" : "HTTP";
  }

  private static RunException refused(String text) {
    return new RunException(
        "\"%s\" is neither a hostname nor a URL; allowed: a name or URL, such as home.starbasestudio.uk or https://home.starbasestudio.uk/page"
            .formatted(text));
  }
}
