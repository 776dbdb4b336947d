package starbase;

import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import starbase.apps.AppConfig;
import starbase.certs.CertsConfig;
import starbase.cilium.CiliumConfig;
import starbase.gatewayapi.GatewayApiConfig;
import starbase.gateways.GatewayConfig;
import starbase.kubernetes.ClusterConfig;
import starbase.namespaces.NamespaceConfig;
import starbase.net.DnsLabel;

/**
 * The whole lab, as the stack file describes it: one key a layer.
 *
 * @param cluster what it is built on
 * @param namespaces by name
 * @param gatewayApi the Gateway API's definitions
 * @param cilium the network
 * @param certs cert-manager and the certificates
 * @param gateways by name
 * @param apps by name
 */
public record LabConfig(
    ClusterConfig cluster,
    Map<DnsLabel, NamespaceConfig> namespaces,
    GatewayApiConfig gatewayApi,
    CiliumConfig cilium,
    CertsConfig certs,
    Map<DnsLabel, GatewayConfig> gateways,
    Map<DnsLabel, AppConfig> apps) {
  /**
   * @throws IllegalArgumentException if an application asks for a Gateway that the lab has not
   */
  public LabConfig {
    for (var app : apps.entrySet()) {
      if (!gateways.containsKey(app.getValue().gateway())) {
        throw new IllegalArgumentException(
            "apps.%s.gateway \"%s\" is no Gateway of this lab; allowed: %s"
                .formatted(
                    app.getKey(),
                    app.getValue().gateway(),
                    gateways.keySet().stream()
                        .map(DnsLabel::text)
                        .collect(Collectors.toCollection(TreeSet::new))));
      }
    }
  }

  /** The namespace of each Gateway, by its name. */
  public Map<DnsLabel, DnsLabel> gatewayNamespaces() {
    return gateways.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().namespace()));
  }
}
