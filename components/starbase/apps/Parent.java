package starbase.apps;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReferenceBuilder;
import java.util.Optional;
import starbase.net.DnsLabel;

/**
 * A parent of a route: a Gateway, or one of its listeners.
 *
 * @param gateway a Gateway
 * @param namespace the namespace of the Gateway
 * @param listener one of its listeners; without it, all that take one of the route's hostnames
 */
public record Parent(DnsLabel gateway, DnsLabel namespace, Optional<DnsLabel> listener) {
  ParentReference reference() {
    return new ParentReferenceBuilder()
        .withGroup("gateway.networking.k8s.io")
        .withKind("Gateway")
        .withName(gateway.text())
        .withNamespace(namespace.text())
        .withSectionName(listener.map(DnsLabel::text).orElse(null))
        .build();
  }
}
