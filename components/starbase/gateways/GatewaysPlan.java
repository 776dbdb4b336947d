package starbase.gateways;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerBuilder;
import starbase.kubernetes.Manifest;
import starbase.kubernetes.WaitFor;
import starbase.net.DnsLabel;

/** What the layer creates, computed from its configuration. */
final class GatewaysPlan {
  private GatewaysPlan() {}

  static Manifest gateway(DnsLabel name, GatewayConfig config) {
    var address = config.address().toString();
    var gateway =
        new GatewayBuilder()
            .withNewMetadata()
            .withName(name.text())
            .withNamespace(config.namespace().text())
            .endMetadata()
            .withNewSpec()
            .withGatewayClassName("cilium")
            .addNewAddress()
            .withType("IPAddress")
            .withValue(address)
            .endAddress()
            .withListeners(config.listeners().stream().map(GatewaysPlan::listener).toList())
            .endSpec()
            .build();
    return Manifest.of(gateway)
        .readyWhen(
            WaitFor.condition("Programmed"),
            WaitFor.field("{.status.addresses[0].value}", address));
  }

  private static Listener listener(ListenerConfig config) {
    var listener =
        new ListenerBuilder()
            .withName(config.name().text())
            .withPort(config.port().number())
            .withHostname(config.hostname().text())
            .withProtocol(config.certificate().isPresent() ? "HTTPS" : "HTTP")
            .withNewAllowedRoutes()
            .withNewNamespaces()
            .withFrom("All")
            .endNamespaces()
            .endAllowedRoutes();
    config
        .certificate()
        .ifPresent(
            secret ->
                listener
                    .withNewTls()
                    .withMode("Terminate")
                    .addNewCertificateRef()
                    .withGroup("")
                    .withKind("Secret")
                    .withName(secret.text())
                    .endCertificateRef()
                    .endTls());
    return listener.build();
  }

  /** A route without hostnames takes all that its listener takes. */
  static Manifest redirect(DnsLabel gateway, GatewayConfig config, ListenerConfig listener) {
    var route =
        new HTTPRouteBuilder()
            .withNewMetadata()
            .withName(redirectName(gateway, listener))
            .withNamespace(config.namespace().text())
            .endMetadata()
            .withNewSpec()
            .addNewParentRef()
            .withGroup("gateway.networking.k8s.io")
            .withKind("Gateway")
            .withName(gateway.text())
            .withSectionName(listener.name().text())
            .endParentRef()
            .addNewRule()
            .addNewFilter()
            .withType("RequestRedirect")
            .withNewRequestRedirect()
            .withScheme("https")
            .withStatusCode(301)
            .endRequestRedirect()
            .endFilter()
            .endRule()
            .endSpec()
            .build();
    return Manifest.of(route)
        .readyWhen(WaitFor.parentCondition("Accepted"), WaitFor.parentCondition("ResolvedRefs"));
  }

  static String redirectName(DnsLabel gateway, ListenerConfig listener) {
    return gateway + "-" + listener.name() + "-to-https";
  }
}
