package starbase.gatewayapi;

import com.pulumi.core.Alias;
import com.pulumi.resources.ComponentResourceOptions;
import java.util.List;
import java.util.Map;
import starbase.Layer;
import starbase.kubernetes.Awaited;
import starbase.kubernetes.CustomObject;
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
    bundle.forEach(this::create);
    registerOutputs(Map.of());
  }

  private void create(Manifest object) {
    boolean isDefinition = object.kind().equals("CustomResourceDefinition");
    var wanted = isDefinition ? object.readyWhen(WaitFor.condition("Established")) : object;
    // A definition that the bundle no longer has stays in the cluster, as cert-manager's do: with
    // it would go every Gateway or route of all who use it.
    var options =
        options()
            .aliases(Alias.builder().name(named(formerName(wanted))).build())
            .retainOnDelete(isDefinition)
            .build();
    await(new CustomObject(objectName(wanted), wanted, options), Awaited.of(wanted));
  }

  private static String formerName(Manifest object) {
    return object.name().replace(".gateway.networking.k8s.io", "");
  }
}
