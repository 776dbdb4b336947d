package starbase.gatewayapi;

import com.pulumi.resources.ComponentResourceOptions;
import java.util.Map;
import starbase.kubernetes.Manifest;
import starbase.kubernetes.WaitFor;
import starbase.layer.Layer;

/**
 * Ready when every definition is Established.
 *
 * <p>The bundle's admission policy, which refuses to put an older bundle over this one, comes along
 * like the definitions.
 */
public final class GatewayApi extends Layer {
  public GatewayApi(String name, GatewayApiArgs args, ComponentResourceOptions options) {
    super("starbase:gatewayapi:GatewayApi", name, args.waits(), options);
    args.bundle().forEach(this::create);
    registerOutputs(Map.of());
  }

  private void create(Manifest object) {
    boolean isDefinition = object.kind().equals("CustomResourceDefinition");
    var wanted = isDefinition ? object.readyWhen(WaitFor.condition("Established")) : object;
    // A definition that is no longer in the bundle stays in the cluster, as cert-manager's do:
    // deleting it would delete every Gateway or route of that kind, whoever made it.
    createObject(wanted, aliased(formerName(wanted)).retainOnDelete(isDefinition).build());
  }

  private static String formerName(Manifest object) {
    return object.name().replace(".gateway.networking.k8s.io", "");
  }
}
