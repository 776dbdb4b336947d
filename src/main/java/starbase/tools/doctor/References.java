package starbase.tools.doctor;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What objects name by reference; a namespace that is left out is their own. */
final class References {
  private References() {}

  /** The secrets of a listener. */
  static Stream<Name> certificates(Gateway gateway, Listener listener) {
    return Optional.ofNullable(listener.getTls()).stream()
        .flatMap(tls -> tls.getCertificateRefs().stream())
        .map(each -> name(each.getNamespace(), Name.of(gateway).namespace(), each.getName()));
  }

  /** How a route asks to be taken by that Gateway, or by those of its listeners that it names. */
  static Stream<ParentReference> parents(HTTPRoute route, Gateway gateway) {
    return route.getSpec().getParentRefs().stream().filter(each -> names(each, route, gateway));
  }

  static boolean names(ParentReference parent, HTTPRoute route, Gateway gateway) {
    return Optional.ofNullable(parent.getKind()).orElse("Gateway").equals("Gateway")
        && name(parent.getNamespace(), Name.of(route).namespace(), parent.getName())
            .equals(Name.of(gateway));
  }

  /** The Services that a route sends requests to. */
  static Stream<HTTPBackendRef> backends(HTTPRoute route) {
    return route.getSpec().getRules().stream().flatMap(rule -> rule.getBackendRefs().stream());
  }

  static Name service(HTTPRoute route, HTTPBackendRef backend) {
    return name(backend.getNamespace(), Name.of(route).namespace(), backend.getName());
  }

  private static Name name(@Nullable String given, String own, String name) {
    return new Name(Optional.ofNullable(given).orElse(own), name);
  }
}
