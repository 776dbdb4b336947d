package starbase.waits;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import starbase.kubernetes.Access;
import starbase.kubernetes.ObjectName;

/**
 * What is read of a cluster, by waits and before an {@code up}.
 *
 * <p>All methods throw {@link KubernetesClientException} if the cluster does not answer or forbids
 * it.
 */
public interface ClusterReader {
  /** A cluster, read through its API; a request without an answer is repeated. None is made yet. */
  static ClusterReader of(Access access) {
    return ApiReader.insisting(access);
  }

  /** Why a request failed: what the API server says, or the cause closest to the network. */
  static String reason(KubernetesClientException e) {
    return e.getStatus() != null && e.getStatus().getMessage() != null
        ? e.getStatus().getMessage()
        : rootMessage(e);
  }

  /** What the first cause of a failure says, or its type if it says nothing. */
  static String rootMessage(Throwable failure) {
    return failure.getCause() == null
        ? Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName())
        : rootMessage(failure.getCause());
  }

  /** The name of an object that has a namespace. */
  static ObjectName name(GenericKubernetesResource object) {
    return new ObjectName(
        object.getKind(), object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  /**
   * One object, as the cluster has it now and no cache.
   *
   * @param namespace empty for objects of the whole cluster
   */
  Optional<GenericKubernetesResource> get(
      String apiVersion, String kind, String namespace, String name);

  /**
   * All objects of a kind; none if the cluster knows no such kind.
   *
   * @param namespace where; empty for all namespaces
   */
  List<GenericKubernetesResource> list(String apiVersion, String kind, String namespace);

  /** The pods with these labels. */
  List<Pod> pods(String namespace, Map<String, String> labels);

  /** The events about the object with that uid. */
  List<Event> events(String namespace, String uid);

  /**
   * The last lines that a container wrote before it ended; empty if the cluster does not tell.
   *
   * @param previous whether the life before the present one is meant
   */
  String lastLines(Pod pod, String container, boolean previous);

  /** Asks the API server whether it would make an object, without making it. */
  void tryToCreate(GenericKubernetesResource object);
}
