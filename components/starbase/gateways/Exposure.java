package starbase.gateways;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClassBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import starbase.kubernetes.CiliumNames;
import starbase.kubernetes.Manifest;
import starbase.kubernetes.WaitFor;
import starbase.net.Address;
import starbase.net.Port;
import starbase.rules.Rules;

/** How clients on the LAN reach a Gateway. */
public sealed interface Exposure {
  /** The GatewayClass that makes it so. */
  String gatewayClass();

  /** What that class is made of, in order; nothing if it is Cilium's own, which is there. */
  default List<Manifest> ownClass() {
    return List.of();
  }

  /** The address that is asked for; without one the Gateway is at every node's. */
  default Optional<Address> asked() {
    return Optional.empty();
  }

  /** The port that clients use in place of the listeners'. */
  default Optional<Port> port() {
    return Optional.empty();
  }

  /** What holds when it can be reached. */
  default List<WaitFor> readyWhen() {
    return List.of(WaitFor.condition("Accepted"), WaitFor.condition("Programmed"));
  }

  /** The class that the layer cilium provides. */
  String CILIUM = "cilium";

  /**
   * At an address from Cilium's pool, which one node announces.
   *
   * @param address the address
   */
  record LoadBalancer(Address address) implements Exposure {
    @Override
    public String gatewayClass() {
      return CILIUM;
    }

    @Override
    public Optional<Address> asked() {
      return Optional.of(address);
    }

    @Override
    public List<WaitFor> readyWhen() {
      return List.of(
          WaitFor.condition("Accepted"),
          WaitFor.condition("Programmed"),
          new WaitFor.FirstAddress("addresses", "value", address.toString()));
    }
  }

  /**
   * At one fixed port of every node.
   *
   * @param nodePort the port
   */
  record NodePort(Port nodePort) implements Exposure {
    private static final int FIRST = 30000;
    private static final int LAST = 32767;

    /** Where the class's parameters are: with Cilium itself. */
    private static final String NAMESPACE = "kube-system";

    /**
     * @throws IllegalArgumentException if Kubernetes gives such a port to no Service
     */
    public NodePort {
      new Rules()
          .require(
              nodePort.number() >= FIRST && nodePort.number() <= LAST,
              "nodePort",
              "is not a node port",
              FIRST + " to " + LAST)
          .enforce();
    }

    @Override
    public String gatewayClass() {
      return "cilium-nodeport";
    }

    @Override
    public List<Manifest> ownClass() {
      var parameters =
          new Manifest(
              Map.of(
                  "apiVersion",
                  "cilium.io/v2alpha1",
                  "kind",
                  "CiliumGatewayClassConfig",
                  "metadata",
                  Map.of("name", gatewayClass(), "namespace", NAMESPACE),
                  "spec",
                  Map.of("service", Map.of("type", "NodePort"))));
      var gatewayClass =
          new GatewayClassBuilder()
              .withNewMetadata()
              .withName(gatewayClass())
              .endMetadata()
              .withNewSpec()
              .withControllerName(CiliumNames.GATEWAY_CONTROLLER)
              .withNewParametersRef()
              .withGroup("cilium.io")
              .withKind("CiliumGatewayClassConfig")
              .withName(gatewayClass())
              .withNamespace(NAMESPACE)
              .endParametersRef()
              .endSpec()
              .build();
      return List.of(
          parameters, Manifest.of(gatewayClass).readyWhen(WaitFor.condition("Accepted")));
    }

    @Override
    public Optional<Port> port() {
      return Optional.of(nodePort);
    }
  }

  /**
   * At the listeners' own ports of every node, where Envoy listens directly. Cilium knows this for
   * all Gateways of a cluster or for none, by its chart's value {@code gatewayAPI.hostNetwork}.
   */
  record HostNetwork() implements Exposure {
    @Override
    public String gatewayClass() {
      return CILIUM;
    }
  }
}
