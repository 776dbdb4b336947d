package starbase;

import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;

/**
 * One layer of the lab: a component whose children are the objects of that layer.
 *
 * <p>Children hang directly below their layer and are all made in its constructor: then a {@code
 * dependsOn} on the layer waits for every one of them.
 */
public abstract class Layer extends ComponentResource {
  protected Layer(String type, String name, ComponentResourceOptions options) {
    super(type, name, options);
  }

  /** The resource name of a child: the layer's own name and the child's. */
  protected final String named(String child) {
    return pulumiResourceName() + "-" + child;
  }

  /**
   * Options for one child that waits for the given siblings.
   *
   * <p>Fresh for each child: the SDK writes the inherited provider into the options object that it
   * is given, so a shared one sends later resources to the wrong provider. The layer itself is
   * never among the siblings: depending on an own ancestor hangs the SDK (pulumi-java#1035).
   */
  protected final CustomResourceOptions after(Resource... siblings) {
    return options(siblings).build();
  }

  /** The same for a child with options of its own. */
  protected final CustomResourceOptions.Builder options(Resource... siblings) {
    return CustomResourceOptions.builder().parent(this).dependsOn(siblings);
  }
}
