package starbase.policies;

import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import starbase.Layer;
import starbase.kubernetes.CustomObject;

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
    var first =
        production.isEmpty()
            ? Stream.<Resource>empty()
            : Stream.<Resource>of(
                new CustomObject(named("gateways"), PoliciesPlan.gateways(), after()));
    var gateways = first.toArray(Resource[]::new);
    production.forEach(
        (namespace, its) -> {
          var allows =
              PoliciesPlan.allows(namespace, its, routed).stream()
                  .map(
                      allow ->
                          (Resource)
                              new CustomObject(
                                  named(namespace + "-" + allow.name()), allow, after(gateways)))
                  .toArray(Resource[]::new);
          new CustomObject(
              named(namespace + "-default-deny"), PoliciesPlan.deny(namespace), after(allows));
        });
    registerOutputs(Map.of());
  }
}
