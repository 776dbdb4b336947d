package starbase.apps;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteMatchBuilder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import starbase.rules.Rules;

/**
 * Selects calls that meet all of these conditions.
 *
 * @param service the name of the gRPC service, with its package
 * @param method the name of the method
 * @param headers conditions on metadata
 */
public record GrpcMatch(
    Optional<String> service, Optional<String> method, Optional<List<ValueMatch>> headers) {
  private static final Pattern SERVICE =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");
  private static final Pattern METHOD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /**
   * @throws IllegalArgumentException if nothing is said, or something that is none
   */
  public GrpcMatch {
    var rules =
        new Rules()
            .require(
                service.isPresent() || method.isPresent() || headers.isPresent(),
                "",
                "is empty",
                "service, method or headers; leave matches out for all calls")
            .require(
                service.map(its -> SERVICE.matcher(its).matches()).orElse(true),
                "service",
                "is not the name of a gRPC service",
                "package and service, such as helloworld.Greeter")
            .require(
                method.map(its -> METHOD.matcher(its).matches()).orElse(true),
                "method",
                "is not the name of a gRPC method",
                "a name such as SayHello");
    UniqueNames.ofHeaders(rules).takeAll("headers", headers.orElse(List.of()));
    rules.enforce();
  }

  GRPCRouteMatch match() {
    var match =
        new GRPCRouteMatchBuilder()
            .withHeaders(headers.orElse(List.of()).stream().map(ValueMatch::metadata).toList());
    if (service.isPresent() || method.isPresent()) {
      match
          .withNewMethod()
          .withType("Exact")
          .withService(service.orElse(null))
          .withMethod(method.orElse(null))
          .endMethod();
    }
    return match.build();
  }
}
