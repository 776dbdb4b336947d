package starbase.kubernetes;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/** Any Kubernetes object that has no class of its own: the generated SDK has none for this. */
@NullUnmarked // the SDK fills the exported field after construction
public final class CustomObject extends CustomResource {
  // No initialiser, not even null: the super constructor has filled the field by then.
  @Export(
      name = "metadata",
      refs = {Map.class, String.class, Object.class},
      tree = "[0,1,2]")
  private Output<Map<String, Object>> metadata;

  /**
   * @param name the resource name
   * @param manifest the wanted object
   */
  public CustomObject(String name, Manifest manifest, CustomResourceOptions options) {
    super(
        "kubernetes:" + manifest.apiVersion() + ":" + manifest.kind(),
        name,
        CustomObjectArgs.of(manifest),
        options);
  }

  /** What tells the live object from any other, also from one of its name that was there before. */
  public Output<String> uid() {
    return metadata.applyValue(live -> live == null ? "" : String.valueOf(live.get("uid")));
  }
}
