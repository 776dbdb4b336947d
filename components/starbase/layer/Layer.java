package starbase.layer;

import com.pulumi.core.Alias;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import starbase.kubernetes.Awaited;
import starbase.kubernetes.CustomObject;
import starbase.kubernetes.Manifest;
import starbase.kubernetes.Waits;
import starbase.net.DnsLabel;

/**
 * One layer of the lab: a component whose children are the objects of that layer.
 *
 * <p>Children hang directly below their layer and are all made in its constructor: then a {@code
 * dependsOn} on the layer waits for every one of them.
 *
 * <p>A child whose object is awaited is ready when the object is; siblings and layers that come
 * after it are registered only then. What is recorded in the state as a dependency stays the
 * resource, so deletes are in order too.
 */
public abstract class Layer extends ComponentResource {
  private final Waits waits;
  private final Map<Resource, List<Output<?>>> awaited = new LinkedHashMap<>();

  /** A layer whose children are ready when they are registered. */
  protected Layer(String type, String name, ComponentResourceOptions options) {
    this(type, name, Waits.NONE, options);
  }

  /**
   * A layer of objects in a cluster.
   *
   * @param waits waits for these objects
   */
  protected Layer(String type, String name, Waits waits, ComponentResourceOptions options) {
    super(type, name, options);
    this.waits = waits;
  }

  /** This layer, once all its children are ready: for the {@code dependsOn} of what comes after. */
  public final Output<List<Resource>> ready() {
    return Output.all(awaited.values().stream().flatMap(List::stream).map(Layer::done).toList())
        .applyValue(any -> List.of(this));
  }

  /**
   * Waits for the object of a child.
   *
   * @param child a child of this layer, or the layer itself for objects that it does not make
   * @return the object's status, once it is ready
   */
  protected final Output<Map<String, Object>> await(Resource child, Awaited wait) {
    var status = waits.until(child, wait);
    awaited.computeIfAbsent(child, any -> new ArrayList<>()).add(status);
    return status;
  }

  /**
   * Makes an object that has no class of its own in the SDK, and waits for it.
   *
   * @param formerName the former name of its resource, without the layer's
   * @param siblings what has to be ready before
   */
  protected final CustomObject createObject(
      Manifest manifest, String formerName, Resource... siblings) {
    return createObject(manifest, formerly(formerName, siblings));
  }

  /**
   * As above, for a single object that must also wait for other layers.
   *
   * @param layers these layers, once they are ready
   */
  protected final CustomObject createObject(
      Manifest manifest, String formerName, Output<List<Resource>> layers, Resource... siblings) {
    var after =
        Output.tuple(layers, ready(siblings))
            .applyValue(both -> Stream.concat(both.t1.stream(), both.t2.stream()).toList());
    return createObject(manifest, aliased(formerName).dependsOn(after).build());
  }

  /** As above, with options of its own. */
  protected final CustomObject createObject(Manifest manifest, CustomResourceOptions options) {
    var object = new CustomObject(objectName(manifest), manifest, options);
    await(object, Awaited.of(manifest));
    return object;
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
   * Options for an object that comes after the given siblings are ready. Its resource once had
   * another name: a state with that one moves over.
   *
   * @param child the former name, without the layer's
   */
  protected final CustomResourceOptions formerly(String child, Resource... siblings) {
    return aliased(child, siblings).build();
  }

  /** As {@link #formerly}, for a child with options of its own. */
  protected final CustomResourceOptions.Builder aliased(String child, Resource... siblings) {
    return options(siblings).aliases(Alias.builder().name(named(child)).build());
  }

  /**
   * Options for one child that comes after the given siblings are ready.
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
    return CustomResourceOptions.builder().parent(this).dependsOn(ready(siblings));
  }

  private Output<List<Resource>> ready(Resource... siblings) {
    return Output.all(Stream.of(siblings).map(this::ready).toList())
        .applyValue(each -> List.copyOf(each));
  }

  private Output<Resource> ready(Resource child) {
    return Output.all(awaited.getOrDefault(child, List.of()).stream().map(Layer::done).toList())
        .applyValue(any -> child);
  }

  /** Values by name, as one output of this layer, in the order of the names given. */
  protected static Output<Map<String, String>> byName(Map<DnsLabel, Output<String>> values) {
    var names = List.copyOf(values.keySet());
    return Output.all(List.copyOf(values.values()))
        .applyValue(
            all -> {
              var byName = new LinkedHashMap<String, String>();
              for (int i = 0; i < names.size(); i++) {
                byName.put(names.get(i).text(), all.get(i));
              }
              return byName;
            });
  }

  private static Output<Boolean> done(Output<?> status) {
    return status.applyValue(any -> true);
  }
}
