package starbase.net;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Arrays;
import java.util.List;
import starbase.rules.InvalidValueException;
import starbase.rules.TextPattern;

/** A method of HTTP, of those that the Gateway API takes. */
@TextPattern(value = "GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH", example = "GET")
public enum HttpMethod {
  GET,
  HEAD,
  POST,
  PUT,
  DELETE,
  CONNECT,
  OPTIONS,
  TRACE,
  PATCH;

  /**
   * The method of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  @JsonCreator
  public static HttpMethod of(String name) {
    return Arrays.stream(values())
        .filter(method -> method.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidValueException(
                    "is not an HTTP method",
                    String.join(", ", List.of(values()).stream().map(Enum::name).toList())));
  }
}
