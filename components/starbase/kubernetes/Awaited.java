package starbase.kubernetes;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An object that is waited for.
 *
 * @param apiVersion the object's
 * @param kind the object's
 * @param namespace the object's; empty for objects of the whole cluster
 * @param name the object's
 * @param conditions what has to hold; if there are none, the object has to exist
 * @param patience how long until the wait is given up
 */
public record Awaited(
    String apiVersion,
    String kind,
    String namespace,
    String name,
    List<WaitFor> conditions,
    Duration patience) {
  /** Longer than any controller of the lab takes by itself. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Long enough to pull the images of a whole CNI over a home line. */
  private static final Duration PULLS = Duration.ofMinutes(15);

  /** Waits for the object that a manifest describes. */
  public static Awaited of(Manifest manifest) {
    return new Awaited(
        manifest.apiVersion(),
        manifest.kind(),
        manifest.namespace().orElse(""),
        manifest.name(),
        manifest.readyWhen(),
        PATIENCE);
  }

  /** Waits for one object. */
  public static Awaited of(
      String apiVersion, String kind, String namespace, String name, WaitFor... conditions) {
    return new Awaited(apiVersion, kind, namespace, name, List.of(conditions), PATIENCE);
  }

  /** Waits until a node is Ready. */
  public static Awaited node(String name) {
    return new Awaited("v1", "Node", "", name, List.of(WaitFor.condition("Ready")), PULLS);
  }

  /** Waits until all workloads of a Helm release are rolled out. */
  public static Awaited release(String namespace, String name) {
    return new Awaited(
        "helm.sh/v3", "Release", namespace, name, List.of(new WaitFor.ReleaseRolledOut()), PULLS);
  }

  /** Waits until the API server would make such an object. */
  public static Awaited creatable(Manifest manifest) {
    return new Awaited(
        manifest.apiVersion(),
        manifest.kind(),
        manifest.namespace().orElse(""),
        manifest.name(),
        List.of(new WaitFor.Creatable(manifest.tree())),
        PATIENCE);
  }

  /**
   * What keeps the Kubernetes provider from a wait of its own, which it begins for some kinds
   * unless this annotation gives it another: one that holds at once. A {@code skipAwait} would also
   * skip the wait for a delete, and with it the order in which an object is replaced.
   */
  public static Map<String, String> notByTheProvider() {
    return Map.of("pulumi.com/waitFor", "jsonpath={.metadata.uid}");
  }

  /** The object as people write it: kind, namespace/name. */
  @Override
  public String toString() {
    return new ObjectName(kind, namespace, name).toString();
  }
}
