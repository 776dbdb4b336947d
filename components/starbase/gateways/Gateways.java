package starbase.gateways;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import starbase.Layer;
import starbase.kubernetes.CustomObject;
import starbase.kubernetes.PinnedNodePort;
import starbase.net.DnsLabel;

/** Ready when every Gateway is Programmed, at the address or node port that was asked for. */
public final class Gateways extends Layer {
  private final Map<DnsLabel, Output<String>> addresses;

  public Gateways(
      String name, Map<DnsLabel, GatewayConfig> config, ComponentResourceOptions options) {
    super("starbase:gateways:Gateways", name, options);
    var classes = new LinkedHashMap<String, Resource[]>();
    var live = new LinkedHashMap<DnsLabel, Output<String>>();
    config.forEach(
        (gateway, its) -> {
          var exposed = its.exposed();
          var itsClass =
              classes.computeIfAbsent(exposed.gatewayClass(), any -> gatewayClass(exposed));
          var manifest = GatewaysPlan.gateway(gateway, its);
          var object =
              new CustomObject(objectName(manifest), manifest, formerly(gateway.text(), itsClass));
          live.put(gateway, object.status().applyValue(Gateways::address));
          exposed
              .port()
              .ifPresent(
                  nodePort -> {
                    var pin = GatewaysPlan.service(gateway, its, nodePort);
                    PinnedNodePort.of(
                        objectName(pin.namespace().text(), pin.service()),
                        pin,
                        object.uid(),
                        formerly(gateway + "-node-port", object));
                  });
          for (var listener : its.redirecting()) {
            var redirect = GatewaysPlan.redirect(gateway, its, listener);
            new CustomObject(objectName(redirect), redirect, formerly(redirect.name(), object));
          }
        });
    this.addresses = Collections.unmodifiableMap(live);
    registerOutputs(Map.of());
  }

  /** The address of each Gateway, as the cluster says: of several nodes' the lowest. */
  public Map<DnsLabel, Output<String>> addresses() {
    return addresses;
  }

  /** The last object of a class of this layer's own, each made after the one before it. */
  private Resource[] gatewayClass(Exposure exposed) {
    var last = new Resource[0];
    for (var object : exposed.ownClass()) {
      last =
          new Resource[] {
            new CustomObject(objectName(object), object, formerly(object.name(), last))
          };
    }
    return last;
  }

  private static String address(Map<String, Object> status) {
    return status.get("addresses") instanceof List<?> list
            && !list.isEmpty()
            && list.get(0) instanceof Map<?, ?> first
        ? String.valueOf(first.get("value"))
        : "";
  }
}
