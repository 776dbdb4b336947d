package starbase.waits;

import com.pulumi.core.Output;
import com.pulumi.exceptions.RunException;
import com.pulumi.resources.Resource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import starbase.kubernetes.Access;
import starbase.kubernetes.Awaited;
import starbase.kubernetes.ObjectName;
import starbase.kubernetes.Waits;

/**
 * Waits by looking at each object once a second.
 *
 * <p>By looks and not by watches: what makes an object unready stands in objects of other kinds
 * (pods, events, Services), and a look gets all of it as it is at one time.
 */
public final class LiveWaits implements Waits {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** What fails of one cause mostly fails together, and is told together. */
  private static final Duration OTHERS_FAIL_TOO = Duration.ofSeconds(2);

  private static final int MOST_TOLD = 10;

  private final Output<Judge> judge;
  private final Messages messages;
  private final ScheduledExecutorService looks;
  private final Set<Watch> open = ConcurrentHashMap.newKeySet();
  private final Map<Watch, String> givenUp = new LinkedHashMap<>();

  private LiveWaits(Output<Judge> judge, Messages messages) {
    this.judge = judge;
    this.messages = messages;
    this.looks =
        Executors.newScheduledThreadPool(
            4,
            work -> {
              var thread = new Thread(work, "waits");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Waits for objects of a cluster.
   *
   * @param cluster how it is reached, once it is there
   * @param exposed the planned objects that may have addresses of their own
   */
  public static Waits on(Output<Access> cluster, Set<ObjectName> exposed, Messages messages) {
    return new LiveWaits(
        cluster.applyValue(access -> new Judge(ApiReader.asking(access), exposed)), messages);
  }

  @Override
  public Output<Map<String, Object>> until(Resource resource, Awaited wait) {
    return Output.tuple(resource.urn(), judge)
        .apply(both -> Output.of(begin(resource, wait, both.t2)))
        // The kubeconfig is a secret, what is read by it is none.
        .asPlaintext();
  }

  private CompletableFuture<Map<String, Object>> begin(Resource resource, Awaited wait, Judge its) {
    var watch = new Watch(wait, InstantSource.system().instant());
    var ready = new CompletableFuture<Map<String, Object>>();
    open.add(watch);
    looks.execute(() -> look(watch, resource, its, ready));
    return ready;
  }

  private void look(
      Watch watch, Resource resource, Judge its, CompletableFuture<Map<String, Object>> ready) {
    try {
      var step = watch.after(its.look(watch.wanted()), InstantSource.system().instant());
      if (step instanceof Watch.Step.Again again) {
        again.news().ifPresent(line -> messages.passing(line, resource));
        looks.schedule(
            () -> look(watch, resource, its, ready), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      } else if (step instanceof Watch.Step.Done done) {
        open.remove(watch);
        done.news().ifPresent(line -> messages.passing(line, resource));
        done.verdict().warning().ifPresent(text -> messages.warning(text, resource));
        // On a thread of the SDK's pool: what follows is registered there.
        ready.completeAsync(() -> done.verdict().status());
      } else if (step instanceof Watch.Step.GivenUp end) {
        open.remove(watch);
        giveUp(watch, end.message());
      }
    } catch (RuntimeException e) {
      ready.completeExceptionally(e);
    }
  }

  private synchronized void giveUp(Watch watch, String message) {
    givenUp.put(watch, message);
    if (givenUp.size() == 1) {
      looks.schedule(
          () -> messages.end(new RunException(failure())),
          OTHERS_FAIL_TOO.toMillis(),
          TimeUnit.MILLISECONDS);
    }
  }

  /** The program ends with the first failure, so it has to tell all. */
  private synchronized String failure() {
    var text = new ArrayList<>(told(List.copyOf(givenUp.values())));
    var waiting =
        open.stream()
            .filter(watch -> !watch.reason().isEmpty())
            .map(watch -> "%s: %s".formatted(watch.wanted(), watch.reason()))
            .sorted()
            .collect(Collectors.toList());
    if (!waiting.isEmpty()) {
      text.add("Not ready yet, when the program ended:");
      told(waiting).forEach(line -> text.add(line.indent(2).stripTrailing()));
    }
    return String.join("\n", text);
  }

  private static List<String> told(List<String> all) {
    if (all.size() <= MOST_TOLD) {
      return all;
    }
    var told = new ArrayList<>(all.subList(0, MOST_TOLD));
    told.add("and %d others".formatted(all.size() - MOST_TOLD));
    return told;
  }
}
