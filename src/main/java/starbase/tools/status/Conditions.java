package starbase.tools.status;

import io.fabric8.certmanager.api.model.v1.Certificate;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The status conditions of an object.
 *
 * @param all one of each type
 */
public record Conditions(List<Said> all) {
  /**
   * One condition.
   *
   * @param status True, False or Unknown
   * @param message the controller's words
   */
  public record Said(String type, String status, String message) {}

  public static Conditions of(Gateway gateway) {
    return of(
        Optional.ofNullable(gateway.getStatus())
            .map(status -> status.getConditions())
            .orElse(List.of()));
  }

  public static Conditions of(List<Condition> conditions) {
    return of(
        Optional.of(conditions),
        its -> new Said(its.getType(), its.getStatus(), text(its.getMessage())));
  }

  /** Each kind of object has a class of its own for conditions, with the same fields. */
  private static <T> Conditions of(Optional<List<T>> conditions, Function<T, Said> said) {
    return new Conditions(conditions.orElse(List.of()).stream().map(said).toList());
  }

  public static Conditions of(Node node) {
    return of(
        Optional.ofNullable(node.getStatus()).map(status -> status.getConditions()),
        its -> new Said(its.getType(), its.getStatus(), text(its.getMessage())));
  }

  public static Conditions of(Certificate certificate) {
    return of(
        Optional.ofNullable(certificate.getStatus()).map(status -> status.getConditions()),
        its -> new Said(its.getType(), its.getStatus(), text(its.getMessage())));
  }

  /** The condition's status; Unknown if nobody has written it. */
  public String status(String type) {
    return find(type).map(Said::status).orElse("Unknown");
  }

  /** What is not as wanted about a condition, or empty if it is True. */
  public Optional<String> complaint(String type) {
    if (status(type).equals("True")) {
      return Optional.empty();
    }
    var message = find(type).map(Said::message).orElse("no controller has said so yet");
    return Optional.of("%s is %s: %s".formatted(type, status(type), message));
  }

  private Optional<Said> find(String type) {
    return all.stream().filter(condition -> condition.type().equals(type)).findFirst();
  }

  private static String text(String message) {
    return Optional.ofNullable(message).orElse("");
  }
}
