package starbase.config;

import java.util.Optional;

/**
 * One thing that is wrong with the configuration.
 *
 * @param key the full path of the key, as in {@code starbase:gateways.gateway-internal.address}
 * @param given the value that stands there, as JSON; empty if what is wrong is not one value
 * @param message what is wrong and what is allowed, without a full stop
 */
public record Problem(String key, Optional<String> given, String message) {
  private static final int LONGEST = 80;

  @Override
  public String toString() {
    return key + ": " + given.map(Problem::shortened).map(text -> text + " ").orElse("") + message;
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
