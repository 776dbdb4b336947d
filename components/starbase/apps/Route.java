package starbase.apps;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import starbase.kubernetes.Manifest;
import starbase.kubernetes.WaitFor;
import starbase.net.DnsLabel;
import starbase.net.Hostname;

/** The route to an application, computed from its configuration. */
final class Route {
  private Route() {}

  /**
   * The route. It names the Gateway's HTTPS listener: a route without a sectionName also binds to
   * the HTTP listener and loops with its redirect (cilium#34539).
   *
   * @param gatewayNamespace the namespace of the application's Gateway
   */
  static Manifest manifest(DnsLabel app, AppConfig config, DnsLabel gatewayNamespace) {
    var route =
        new HTTPRouteBuilder()
            .withNewMetadata()
            .withName(app.text())
            .withNamespace(config.namespace().text())
            .endMetadata()
            .withNewSpec()
            .addNewParentRef()
            .withGroup("gateway.networking.k8s.io")
            .withKind("Gateway")
            .withName(config.gateway().text())
            .withNamespace(gatewayNamespace.text())
            .withSectionName(AppConfig.LISTENER.text())
            .endParentRef()
            .withHostnames(config.hostnames().stream().map(Hostname::text).toList())
            .addNewRule()
            .addNewBackendRef()
            .withGroup("")
            .withKind("Service")
            .withName(config.service().name().text())
            .withPort(config.service().port().number())
            .endBackendRef()
            .endRule()
            .endSpec()
            .build();
    return Manifest.of(route)
        .readyWhen(WaitFor.parentCondition("Accepted"), WaitFor.parentCondition("ResolvedRefs"));
  }
}
