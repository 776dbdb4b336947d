package starbase.gatewayapi;

import com.pulumi.resources.ComponentResourceOptions;
import java.util.List;
import java.util.Map;
import starbase.Layer;
import starbase.kubernetes.CustomObject;
import starbase.kubernetes.Manifest;

/**
 * Ready when every definition is Established: the Kubernetes provider waits for that by itself.
 *
 * <p>The bundle's admission policy, which refuses to put an older bundle over this one, comes along
 * like the definitions.
 */
public final class GatewayApi extends Layer {
  /**
   * @param bundle all objects of the bundle's files
   */
  public GatewayApi(String name, List<Manifest> bundle, ComponentResourceOptions options) {
    super("starbase:gatewayapi:GatewayApi", name, options);
    bundle.forEach(
        object -> new CustomObject(objectName(object), object, formerly(formerName(object))));
    registerOutputs(Map.of());
  }

  private static String formerName(Manifest object) {
    return object.name().replace(".gateway.networking.k8s.io", "");
  }
}
