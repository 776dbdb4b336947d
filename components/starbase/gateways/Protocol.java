package starbase.gateways;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Arrays;
import starbase.rules.InvalidValueException;
import starbase.rules.TextPattern;

/** What a listener speaks, in the Gateway API's words. */
@TextPattern(value = "HTTP|HTTPS|TLS|TCP", example = "HTTPS")
public enum Protocol {
  /** In clear. */
  HTTP,
  /** TLS ends at the Gateway. */
  HTTPS,
  /** TLS goes through to the application, which has the certificate. */
  TLS,
  /** All bytes go through to the application, whatever they are. */
  TCP;

  /**
   * The protocol of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  @JsonCreator
  public static Protocol of(String name) {
    return Arrays.stream(values())
        .filter(protocol -> protocol.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidValueException(
                    "is not a supported protocol", "HTTP, HTTPS, TLS or TCP"));
  }
}
