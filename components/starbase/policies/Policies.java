package starbase.policies;

import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import starbase.Layer;
import starbase.kubernetes.CustomObject;
import starbase.kubernetes.Manifest;

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
      List<Backend> routed,
      ComponentResourceOptions options) {
    super("starbase:policies:Policies", name, options);
    var production = config.map(PoliciesConfig::production).orElse(Map.of());
    var gateways =
        production.isEmpty()
            ? new Resource[0]
            : new Resource[] {policy(PoliciesPlan.gateways(), "gateways")};
    production.forEach(
        (namespace, its) -> {
          var allows =
              PoliciesPlan.allows(namespace, its, routed).stream()
                  .map(allow -> policy(allow, namespace + "-" + allow.name(), gateways))
                  .toArray(Resource[]::new);
          policy(PoliciesPlan.deny(namespace), namespace + "-default-deny", allows);
        });
    registerOutputs(Map.of());
  }

  private Resource policy(Manifest policy, String formerName, Resource... before) {
    return new CustomObject(objectName(policy), policy, formerly(formerName, before));
  }
}
