package starbase.testing;

import com.pulumi.core.Output;
import com.pulumi.resources.Resource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import starbase.kubernetes.Awaited;
import starbase.kubernetes.WaitFor;
import starbase.kubernetes.Waits;

/**
 * Objects that are ready a moment after they are made: by then all is registered that does not wait
 * for them.
 */
final class RecordingWaits implements Waits {
  private static final int MOMENT_MS = 30;

  private final IntSupplier registered;
  private final List<Recording.ReadyAt> awaited = new CopyOnWriteArrayList<>();

  /**
   * @param registered how many resources are registered by now
   */
  RecordingWaits(IntSupplier registered) {
    this.registered = registered;
  }

  List<Recording.ReadyAt> awaited() {
    return List.copyOf(awaited);
  }

  @Override
  public Output<Map<String, Object>> until(Resource resource, Awaited wait) {
    return resource.urn().apply(urn -> Output.of(ready(wait)));
  }

  private CompletableFuture<Map<String, Object>> ready(Awaited wait) {
    return CompletableFuture.supplyAsync(
        () -> {
          awaited.add(new Recording.ReadyAt(wait, registered.getAsInt()));
          return status(wait);
        },
        CompletableFuture.delayedExecutor(MOMENT_MS, TimeUnit.MILLISECONDS));
  }

  /** As Cilium writes it for a Gateway that asks for no address: those of the nodes. */
  private static Map<String, Object> status(Awaited wait) {
    return wait.conditions().contains(WaitFor.condition("Programmed"))
        ? Map.of(
            "addresses", List.of(Map.of("value", "192.168.1.11"), Map.of("value", "192.168.1.21")))
        : Map.of();
  }
}
