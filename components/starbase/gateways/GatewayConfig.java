package starbase.gateways;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import starbase.kubernetes.MetadataConfig;
import starbase.net.Address;
import starbase.net.DnsLabel;
import starbase.net.Port;
import starbase.rules.Rules;

/**
 * One Gateway.
 *
 * @param namespace the namespace of the Gateway and of its certificates' secrets
 * @param address its address; short for an exposure of kind loadBalancer
 * @param exposure how clients reach it
 * @param listeners its listeners
 * @param redirectToHttps whether HTTP listeners redirect clients to HTTPS; default: true
 * @param metadata its labels and annotations
 */
public record GatewayConfig(
    DnsLabel namespace,
    Optional<Address> address,
    Optional<Exposure> exposure,
    List<ListenerConfig> listeners,
    Optional<Boolean> redirectToHttps,
    Optional<MetadataConfig> metadata) {
  /** Below it, ports are for the system: Envoy as Cilium runs it may not listen there. */
  private static final int FIRST_FREE_PORT = 1024;

  /**
   * @throws IllegalArgumentException if it has not one way to be reached, there are no listeners or
   *     two of one name, or the listeners' ports do not fit the way
   */
  public GatewayConfig {
    var rules =
        new Rules()
            .require(
                address.isPresent() || exposure.isPresent(),
                "address",
                "is missing",
                "an address, or exposure: with kind: nodePort or hostNetwork")
            .require(
                address.isEmpty() || exposure.isEmpty(),
                "exposure",
                "can't be combined with address",
                "one of the two")
            .require(!listeners.isEmpty(), "listeners", "is empty", "at least one listener");
    var names = new HashSet<DnsLabel>();
    for (int i = 0; i < listeners.size(); i++) {
      var listener = listeners.get(i);
      rules.require(
          names.add(listener.name()),
          "listeners[" + i + "].name",
          "is already used by another listener",
          "each name once");
      var port = listener.port();
      rules
          .require(
              !(exposure.orElse(null) instanceof Exposure.NodePort)
                  || port.equals(listeners.get(0).port()),
              "listeners[" + i + "].port",
              "is a second port, and a Gateway with a node port has only one",
              listeners.get(0).port() + ", the port of the first listener")
          .require(
              !(exposure.orElse(null) instanceof Exposure.HostNetwork)
                  || port.number() >= FIRST_FREE_PORT,
              "listeners[" + i + "].port",
              "is reserved for the node's system",
              FIRST_FREE_PORT + " or more")
          // Source: cilium v1.20.2, operator/pkg/gateway-api, hostNetworkTCPUDPRouteUnsupported.
          .require(
              !(exposure.orElse(null) instanceof Exposure.HostNetwork)
                  || listener.speaks() != Protocol.TCP,
              "listeners[" + i + "].protocol",
              "is not supported on the hosts' network",
              "HTTP, HTTPS or TLS; TCP only with an address or a node port");
    }
    rules.enforce();
  }

  /** How clients reach it. */
  public Exposure exposed() {
    return exposure.or(() -> address.map(Exposure.LoadBalancer::new)).orElseThrow();
  }

  /** The port that clients use for that listener. */
  public Port clientPort(ListenerConfig listener) {
    return exposed().port().orElse(listener.port());
  }

  /** The HTTP listeners that do nothing but redirect. */
  public List<ListenerConfig> redirecting() {
    return redirectToHttps.orElse(true)
        ? listeners.stream().filter(listener -> listener.speaks() == Protocol.HTTP).toList()
        : List.of();
  }
}
