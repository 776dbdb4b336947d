package starbase.kubernetes;

import com.pulumi.core.Output;
import com.pulumi.resources.Resource;
import java.util.Map;

/**
 * Waits until objects of a cluster are ready.
 *
 * <p>The program waits by itself, and not the Kubernetes provider: it waits in each {@code up} also
 * for what has not changed, tells why an object is not ready, and gives up when waiting can't help.
 */
@FunctionalInterface
public interface Waits {
  /** Waits for nothing: for a preview, in which nothing is made. */
  Waits NONE = (resource, wait) -> Output.of(Map.of());

  /**
   * Waits from the moment that a resource is registered.
   *
   * @param resource what makes the object; messages stand beside it
   * @return the object's status when it was ready; empty in a preview. A wait that is given up
   *     fails the program with the reason
   */
  Output<Map<String, Object>> until(Resource resource, Awaited wait);
}
