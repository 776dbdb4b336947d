package starbase.kubernetes;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.regex.Pattern;
import starbase.rules.InvalidValueException;
import starbase.rules.TextPattern;

/**
 * Where the Kubernetes API answers for every node, without a Service or a proxy.
 *
 * @param host an address, or a name that the nodes' own DNS knows
 * @param port 1 to 65535
 */
@TextPattern(value = ApiServer.TEXT, example = "192.168.1.10:6443")
public record ApiServer(String host, int port) {
  static final String TEXT = "([a-z0-9]([-a-z0-9.]*[a-z0-9])?):(\\d{1,5})";

  private static final Pattern FORM = Pattern.compile(TEXT);
  private static final int LARGEST = 65535;

  /**
   * @throws IllegalArgumentException if the port is out of range
   */
  public ApiServer {
    if (port < 1 || port > LARGEST) {
      throw new InvalidValueException("has port " + port, "a port from 1 to " + LARGEST);
    }
  }

  /**
   * Reads {@code host:port}.
   *
   * @throws IllegalArgumentException if text is anything else
   */
  @JsonCreator
  public static ApiServer parse(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidValueException(
          "must be host:port", "a host and its port, such as 192.168.1.10:6443");
    }
    return new ApiServer(matcher.group(1), Integer.parseInt(matcher.group(3)));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
