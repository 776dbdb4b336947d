package starbase.policies;

import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import starbase.kubernetes.RouteBackend;
import starbase.kubernetes.Waits;
import starbase.layer.Layer;

/**
 * Ready when every policy is there and valid. In each namespace all that is allowed is there before
 * the rest is denied, so that nothing is cut off on the way.
 */
public final class Policies extends Layer {
  /**
   * @param routed where the lab's routes lead
   */
  public Policies(
      String name,
      Optional<PoliciesConfig> config,
      List<RouteBackend> routed,
      Waits waits,
      ComponentResourceOptions options) {
    super("starbase:policies:Policies", name, waits, options);
    var production = config.map(PoliciesConfig::production).orElse(Map.of());
    var gateways =
        production.isEmpty()
            ? new Resource[0]
            : new Resource[] {object(PoliciesPlan.gateways(), "gateways")};
    production.forEach(
        (namespace, its) -> {
          var allows =
              PoliciesPlan.allows(namespace, its, routed).stream()
                  .map(allow -> object(allow, namespace + "-" + allow.name(), gateways))
                  .toArray(Resource[]::new);
          object(PoliciesPlan.deny(namespace), namespace + "-default-deny", allows);
        });
    registerOutputs(Map.of());
  }
}
