package starbase.gateways;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import starbase.kubernetes.Awaited;
import starbase.kubernetes.CustomObject;
import starbase.kubernetes.PinnedNodePort;
import starbase.layer.Layer;
import starbase.net.Address;
import starbase.net.DnsLabel;

/** Ready when every Gateway is Programmed, at the address or node port that was asked for. */
public final class Gateways extends Layer {
  private final Output<Map<String, String>> addresses;

  public Gateways(String name, GatewaysArgs args, ComponentResourceOptions options) {
    super("starbase:gateways:Gateways", name, args.waits(), options);
    var classes = new LinkedHashMap<String, Resource[]>();
    var live = new LinkedHashMap<DnsLabel, Output<String>>();
    args.gateways().forEach((gateway, its) -> live.put(gateway, create(gateway, its, classes)));
    this.addresses = byName(live);
    registerOutputs(Map.of("addresses", addresses));
  }

  /**
   * The address of each Gateway by its name, once all have one: of several nodes' the lowest. Empty
   * in a preview, unless the address is asked for.
   */
  public Output<Map<String, String>> addresses() {
    return addresses;
  }

  /**
   * A Gateway with all that belongs to it.
   *
   * @param classes the last object of each class, by the name of the class
   * @return the Gateway's address
   */
  private Output<String> create(
      DnsLabel gateway, GatewayConfig its, Map<String, Resource[]> classes) {
    var exposed = its.exposed();
    var itsClass = classes.computeIfAbsent(exposed.gatewayClass(), any -> gatewayClass(exposed));
    var manifest = GatewaysPlan.gateway(gateway, its);
    var object =
        new CustomObject(objectName(manifest), manifest, formerly(gateway.text(), itsClass));
    var address =
        await(object, Awaited.of(manifest)).applyValue(status -> address(exposed, status));
    exposed
        .port()
        .ifPresent(
            nodePort -> {
              var pin = GatewaysPlan.service(gateway, its, nodePort);
              PinnedNodePort.create(
                  objectName(pin.namespace().text(), pin.service()),
                  pin,
                  object.uid(),
                  formerly(gateway + "-node-port", object));
            });
    for (var listener : its.redirecting()) {
      var redirect = GatewaysPlan.redirect(gateway, its, listener);
      createObject(redirect, redirect.name(), object);
    }
    return address;
  }

  /** The last object of a class of this layer's own, each made after the one before it. */
  private Resource[] gatewayClass(Exposure exposed) {
    var last = new Resource[0];
    for (var object : exposed.ownClass()) {
      last = new Resource[] {createObject(object, object.name(), last)};
    }
    return last;
  }

  /** The one that was asked for: it has that when it is ready. Otherwise what the cluster says. */
  private static String address(Exposure exposed, Map<String, Object> status) {
    return exposed.asked().map(Address::toString).orElseGet(() -> address(status));
  }

  private static String address(Map<String, Object> status) {
    return status.get("addresses") instanceof List<?> list
            && !list.isEmpty()
            && list.get(0) instanceof Map<?, ?> first
        ? String.valueOf(first.get("value"))
        : "";
  }
}
