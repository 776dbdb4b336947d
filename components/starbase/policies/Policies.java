package starbase.policies;

import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import java.util.Map;
import starbase.layer.Layer;

/**
 * Ready when every policy is there and valid. In each namespace all that is allowed is there before
 * the rest is denied, so that nothing is cut off on the way.
 */
public final class Policies extends Layer {
  public Policies(String name, PoliciesArgs args, ComponentResourceOptions options) {
    super("starbase:policies:Policies", name, args.waits(), options);
    var production = args.config().map(PoliciesConfig::production).orElse(Map.of());
    var gateways =
        production.isEmpty()
            ? new Resource[0]
            : new Resource[] {createObject(PoliciesPlan.gateways(), "gateways")};
    production.forEach(
        (namespace, its) -> {
          var allows =
              PoliciesPlan.allows(namespace, its, args.routed()).stream()
                  .map(allow -> createObject(allow, namespace + "-" + allow.name(), gateways))
                  .toArray(Resource[]::new);
          createObject(PoliciesPlan.deny(namespace), namespace + "-default-deny", allows);
        });
    registerOutputs(Map.of());
  }
}
