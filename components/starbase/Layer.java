package starbase;

import com.pulumi.core.Alias;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import starbase.kubernetes.Manifest;

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

  /**
   * The resource name of a child that is no Kubernetes object: the layer's own name and the
   * child's.
   */
  protected final String named(String child) {
    return pulumiResourceName() + "-" + child;
  }

  /**
   * The resource name of a cluster-scoped Kubernetes object, or of a patch of one.
   *
   * <p>It follows from the object alone: kind (in the resource's type), namespace and name, never
   * from a key of the stack file. If the resource's name changed while the object stays, Pulumi
   * would create the object again and then delete it (docs/decisions/resource-names.md). The slash,
   * which no name in Kubernetes has, keeps the names of two objects apart.
   */
  protected final String objectName(String name) {
    return pulumiResourceName() + "/" + name;
  }

  /** The same for a namespaced object. */
  protected final String objectName(String namespace, String name) {
    return objectName(namespace + "/" + name);
  }

  /** The same for the object that a manifest describes. */
  protected final String objectName(Manifest object) {
    return object
        .namespace()
        .map(its -> objectName(its, object.name()))
        .orElseGet(() -> objectName(object.name()));
  }

  /**
   * Options for an object that waits for the given siblings. Its resource once had another name: a
   * state with that one moves over.
   *
   * @param child the former name, without the layer's
   */
  protected final CustomResourceOptions formerly(String child, Resource... siblings) {
    return options(siblings).aliases(Alias.builder().name(named(child)).build()).build();
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
