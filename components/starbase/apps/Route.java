package starbase.apps;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReferenceBuilder;
import starbase.kubernetes.Manifest;
import starbase.kubernetes.WaitFor;
import starbase.net.DnsLabel;

/** The route to an application, computed from its configuration. */
final class Route {
  private Route() {}

  /**
   * The route. It names the Gateway's listener: a route without a sectionName also binds to the
   * HTTP listener and loops with its redirect (cilium#34539).
   *
   * @param gatewayNamespace the namespace of the application's Gateway
   */
  static Manifest manifest(DnsLabel app, AppConfig config, DnsLabel gatewayNamespace) {
    var metadata =
        new ObjectMetaBuilder()
            .withName(app.text())
            .withNamespace(config.namespace().text())
            .build();
    var parent =
        new ParentReferenceBuilder()
            .withGroup("gateway.networking.k8s.io")
            .withKind("Gateway")
            .withName(config.gateway().text())
            .withNamespace(gatewayNamespace.text())
            .withSectionName(config.routed().listener().text())
            .build();
    return Manifest.of(
            config.routed().route(metadata, parent, config.hostnames(), config.service()))
        .readyWhen(WaitFor.parentCondition("Accepted"), WaitFor.parentCondition("ResolvedRefs"));
  }
}
