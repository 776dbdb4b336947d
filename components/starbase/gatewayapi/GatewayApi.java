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
    bundle.forEach(object -> new CustomObject(named(resourceName(object)), object, after()));
    registerOutputs(Map.of());
  }

  /**
   * A policy and its binding share a name: the kind tells them apart, in the type of the resource.
   */
  private static String resourceName(Manifest object) {
    return object.name().replace(".gateway.networking.k8s.io", "");
  }
}
