package starbase.gateways;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import starbase.Layer;
import starbase.kubernetes.CustomObject;
import starbase.net.DnsLabel;

/** Ready when every Gateway is Programmed at the address that was asked for. */
public final class Gateways extends Layer {
  private final Map<DnsLabel, Output<String>> addresses;

  public Gateways(
      String name, Map<DnsLabel, GatewayConfig> config, ComponentResourceOptions options) {
    super("starbase:gateways:Gateways", name, options);
    var live = new LinkedHashMap<DnsLabel, Output<String>>();
    config.forEach(
        (gateway, its) -> {
          var object =
              new CustomObject(named(gateway.text()), GatewaysPlan.gateway(gateway, its), after());
          live.put(gateway, object.status().applyValue(Gateways::address));
          for (var listener : its.redirecting()) {
            new CustomObject(
                named(GatewaysPlan.redirectName(gateway, listener)),
                GatewaysPlan.redirect(gateway, its, listener),
                after(object));
          }
        });
    this.addresses = Collections.unmodifiableMap(live);
    registerOutputs(Map.of());
  }

  /** The address of each Gateway, as the cluster says. */
  public Map<DnsLabel, Output<String>> addresses() {
    return addresses;
  }

  private static String address(Map<String, Object> status) {
    return status.get("addresses") instanceof List<?> list
            && !list.isEmpty()
            && list.get(0) instanceof Map<?, ?> first
        ? String.valueOf(first.get("value"))
        : "";
  }
}
