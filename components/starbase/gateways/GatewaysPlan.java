package starbase.gateways;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import starbase.kubernetes.CiliumNames;
import starbase.kubernetes.Manifest;
import starbase.kubernetes.MetadataConfig;
import starbase.kubernetes.PinnedNodePort;
import starbase.kubernetes.Planned;
import starbase.kubernetes.WaitFor;
import starbase.net.DnsLabel;
import starbase.net.Hostname;
import starbase.net.Port;

/** What the layer creates, computed from its configuration. */
public final class GatewaysPlan {
  private static final Map<String, String> OF_GATEWAYS =
      Map.ofEntries(
          Map.entry("metadata.labels", "metadata.labels"),
          Map.entry("metadata.annotations", "metadata.annotations"),
          Map.entry("spec.addresses", "address"),
          Map.entry("spec.listeners", "listeners"),
          Map.entry("spec.listeners[]", "listeners[]"),
          Map.entry("spec.listeners[].hostname", "listeners[].hostname"),
          Map.entry("spec.listeners[].name", "listeners[].name"),
          Map.entry("spec.listeners[].port", "listeners[].port"),
          Map.entry("spec.listeners[].allowedRoutes", "listeners[].allowedRoutes"),
          Map.entry("spec.listeners[].tls", "listeners[].certificate"),
          Map.entry("spec.listeners[].tls.options", "listeners[].tlsOptions"));

  private GatewaysPlan() {}

  /** The objects of all Gateways. */
  public static List<Planned> objects(Map<DnsLabel, GatewayConfig> config) {
    var objects = new ArrayList<Planned>();
    config.forEach(
        (name, its) -> {
          var key = "starbase:gateways." + name;
          its.exposed().ownClass().forEach(made -> objects.add(new Planned(key, made, Map.of())));
          objects.add(new Planned(key, gateway(name, its), OF_GATEWAYS));
          its.redirecting()
              .forEach(
                  listener ->
                      objects.add(new Planned(key, redirect(name, its, listener), Map.of())));
        });
    return objects;
  }

  static Manifest gateway(DnsLabel name, GatewayConfig config) {
    var exposed = config.exposed();
    var metadata = config.metadata().orElse(MetadataConfig.NONE);
    var gateway =
        new GatewayBuilder()
            .withNewMetadata()
            .withName(name.text())
            .withNamespace(config.namespace().text())
            .withLabels(metadata.labelled())
            .withAnnotations(metadata.annotated())
            .endMetadata()
            .withNewSpec()
            .withGatewayClassName(exposed.gatewayClass())
            .withListeners(config.listeners().stream().map(GatewaysPlan::listener).toList());
    exposed
        .asked()
        .ifPresent(
            address ->
                gateway
                    .addNewAddress()
                    .withType("IPAddress")
                    .withValue(address.toString())
                    .endAddress());
    return Manifest.of(gateway.endSpec().build())
        .readyWhen(exposed.readyWhen().toArray(WaitFor[]::new));
  }

  /**
   * The port of the Service that Cilium makes for a Gateway, under a name made of the Gateway's.
   */
  static PinnedNodePort service(DnsLabel name, GatewayConfig config, Port nodePort) {
    return new PinnedNodePort(
        config.namespace(),
        CiliumNames.serviceOf(name.text()),
        config.listeners().get(0).port(),
        nodePort);
  }

  private static Listener listener(ListenerConfig config) {
    var listener =
        new ListenerBuilder()
            .withName(config.name().text())
            .withPort(config.port().number())
            .withHostname(config.hostname().map(Hostname::text).orElse(null))
            .withProtocol(config.speaks().name())
            .withNewAllowedRoutes()
            .withNamespaces(config.allows().namespaces())
            .endAllowedRoutes();
    if (config.speaks() == Protocol.TLS) {
      listener.withNewTls().withMode("Passthrough").endTls();
    }
    config
        .certificate()
        .ifPresent(
            secret ->
                listener
                    .withNewTls()
                    .withMode("Terminate")
                    .withOptions(config.tlsOptions().orElse(null))
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
