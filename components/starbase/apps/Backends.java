package starbase.apps;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendRefBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCBackendRefBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRefBuilder;
import java.util.List;
import java.util.Optional;
import starbase.rules.Rules;

/** The backends of a rule, in the forms that the Gateway API has for one and the same. */
final class Backends {
  private Backends() {}

  /** The rule's own, else the application's Service. */
  static List<BackendConfig> of(Optional<List<BackendConfig>> backends, ServiceConfig own) {
    return backends.orElseGet(
        () -> List.of(new BackendConfig(own.name(), own.port(), Optional.empty())));
  }

  /** What no rule may have: nothing that gets a request, or a Service twice. */
  static Rules check(Rules rules, Optional<List<BackendConfig>> backends) {
    var all = backends.orElse(List.of());
    rules
        .require(
            backends.isEmpty() || !all.isEmpty(),
            "backends",
            "is empty",
            "at least one; leave it out for the application's own Service")
        .require(
            all.isEmpty() || all.stream().anyMatch(backend -> backend.share() > 0),
            "backends",
            "all have weight 0, so none of them gets a request",
            "at least one weight above 0");
    for (int i = 0; i < all.size(); i++) {
      var backend = all.get(i);
      rules.require(
          all.subList(0, i).stream()
              .noneMatch(
                  before ->
                      before.service().equals(backend.service())
                          && before.port().equals(backend.port())),
          "backends[" + i + "].service",
          "is listed twice",
          "each Service once, with the sum of its weights");
    }
    return rules;
  }

  static List<HTTPBackendRef> http(List<BackendConfig> backends) {
    return backends.stream()
        .map(
            its ->
                new HTTPBackendRefBuilder()
                    .withGroup("")
                    .withKind("Service")
                    .withName(its.service().text())
                    .withPort(its.port().number())
                    .withWeight(its.weight().orElse(null))
                    .build())
        .toList();
  }

  static List<GRPCBackendRef> grpc(List<BackendConfig> backends) {
    return backends.stream()
        .map(
            its ->
                new GRPCBackendRefBuilder()
                    .withGroup("")
                    .withKind("Service")
                    .withName(its.service().text())
                    .withPort(its.port().number())
                    .withWeight(its.weight().orElse(null))
                    .build())
        .toList();
  }

  static List<BackendRef> streams(List<BackendConfig> backends) {
    return backends.stream()
        .map(
            its ->
                new BackendRefBuilder()
                    .withGroup("")
                    .withKind("Service")
                    .withName(its.service().text())
                    .withPort(its.port().number())
                    .withWeight(its.weight().orElse(null))
                    .build())
        .toList();
  }
}
