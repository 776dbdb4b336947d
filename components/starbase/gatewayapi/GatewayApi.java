package starbase.gatewayapi;

import com.pulumi.resources.ComponentResourceOptions;
import java.util.List;
import java.util.Map;
import starbase.Layer;
import starbase.kubernetes.Manifest;
import starbase.kubernetes.WaitFor;
import starbase.kubernetes.Waits;

/**
 * Ready when every definition is Established.
 *
 * <p>The bundle's admission policy, which refuses to put an older bundle over this one, comes along
 * like the definitions.
 */
public final class GatewayApi extends Layer {
  /**
   * @param bundle all objects of the bundle's files
   */
  public GatewayApi(
      String name, List<Manifest> bundle, Waits waits, ComponentResourceOptions options) {
    super("starbase:gatewayapi:GatewayApi", name, waits, options);
    bundle.forEach(object -> object(readyWhenEstablished(object), formerName(object)));
    registerOutputs(Map.of());
  }

  private static Manifest readyWhenEstablished(Manifest object) {
    return object.kind().equals("CustomResourceDefinition")
        ? object.readyWhen(WaitFor.condition("Established"))
        : object;
  }

  private static String formerName(Manifest object) {
    return object.name().replace(".gateway.networking.k8s.io", "");
  }
}
