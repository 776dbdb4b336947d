package starbase.waits;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Why a pod is not ready. */
final class Pods {
  /**
   * A container that was started so often and ended each time. Fewer are usual: programs end while
   * what they need is not there yet.
   */
  private static final int CRASHES = 3;

  /** Old pods make room, and new nodes come. */
  private static final Duration UNTIL_THERE_IS_ROOM = Duration.ofMinutes(1);

  /** Registries forget and remember. */
  private static final Duration UNTIL_THE_REGISTRY_KNOWS = Duration.ofMinutes(1);

  private static final Pattern NO_SUCH_IMAGE =
      Pattern.compile("not found|manifest unknown|unauthorized|denied|does not exist");

  private final ClusterReader cluster;

  Pods(ClusterReader cluster) {
    this.cluster = cluster;
  }

  static boolean isReady(Pod pod) {
    return condition(pod, "Ready").filter(its -> "True".equals(its.getStatus())).isPresent();
  }

  /** Why a pod is not ready; empty if it is, or is about to go. */
  Optional<Verdict> trouble(Pod pod) {
    if (isReady(pod) || pod.getMetadata().getDeletionTimestamp() != null) {
      return Optional.empty();
    }
    var name = "pod " + pod.getMetadata().getName();
    var unscheduled = condition(pod, "PodScheduled").filter(its -> "False".equals(its.getStatus()));
    if (unscheduled.isPresent()) {
      var message = name + ": " + Objects.toString(unscheduled.get().getMessage(), "");
      return Optional.of(
          Nodes.areComing(cluster)
              ? new Verdict.NotYet(message)
              : new Verdict.Hopeless(message, UNTIL_THERE_IS_ROOM));
    }
    return containers(pod)
        .flatMap(container -> trouble(pod, name, container).stream())
        .findFirst()
        .or(
            () ->
                Events.newestWarning(cluster, pod.getMetadata())
                    .map(warning -> new Verdict.NotYet(name + ": " + warning)));
  }

  private Optional<Verdict> trouble(Pod pod, String podName, ContainerStatus container) {
    var name = "%s, container %s".formatted(podName, container.getName());
    var state = container.getState();
    if (state == null || state.getRunning() != null) {
      return Optional.empty();
    }
    var waiting = state.getWaiting();
    if (waiting == null || "CrashLoopBackOff".equals(waiting.getReason())) {
      return ended(container).map(ended -> crashed(pod, name, container, ended));
    }
    var reason = Objects.toString(waiting.getReason(), "");
    var message =
        "%s: %s%s"
            .formatted(
                name, reason, waiting.getMessage() == null ? "" : ": " + waiting.getMessage());
    return switch (reason) {
      case "", "ContainerCreating", "PodInitializing" -> Optional.empty();
      case "InvalidImageName", "ErrImageNeverPull" -> Optional.of(Verdict.Hopeless.of(message));
      case "ErrImagePull", "ImagePullBackOff" ->
          Optional.of(
              NO_SUCH_IMAGE.matcher(message).find()
                  ? new Verdict.Hopeless(message, UNTIL_THE_REGISTRY_KNOWS)
                  : new Verdict.NotYet(message));
      default -> Optional.of(new Verdict.NotYet(message));
    };
  }

  private Verdict crashed(
      Pod pod, String name, ContainerStatus container, ContainerStateTerminated ended) {
    int times = Objects.requireNonNullElse(container.getRestartCount(), 0);
    var terminatedNow =
        container.getState() != null && container.getState().getTerminated() != null;
    var last = cluster.lastLines(pod, container.getName(), !terminatedNow && times > 0);
    var message =
        "%s ended with exit code %d%s, and was started again %d times%s"
            .formatted(
                name,
                Objects.requireNonNullElse(ended.getExitCode(), -1),
                ended.getReason() == null ? "" : " (" + ended.getReason() + ")",
                times,
                last.isEmpty() ? "" : "; it wrote at last:\n" + last.indent(2).stripTrailing());
    return times >= CRASHES ? Verdict.Hopeless.of(message) : new Verdict.NotYet(message);
  }

  /** The end of a container's last life; empty if it has not ended, or has done what it was for. */
  private static Optional<ContainerStateTerminated> ended(ContainerStatus container) {
    return Stream.of(container.getState(), container.getLastState())
        .filter(Objects::nonNull)
        .map(state -> state.getTerminated())
        .filter(Objects::nonNull)
        .findFirst()
        .filter(ended -> !Objects.equals(ended.getReason(), "Completed") || restarts(container));
  }

  private static boolean restarts(ContainerStatus container) {
    return Objects.requireNonNullElse(container.getRestartCount(), 0) > 0;
  }

  private static Stream<ContainerStatus> containers(Pod pod) {
    var status = pod.getStatus();
    return status == null
        ? Stream.of()
        : Stream.of(status.getInitContainerStatuses(), status.getContainerStatuses())
            .filter(Objects::nonNull)
            .flatMap(List::stream)
            .filter(container -> !Boolean.TRUE.equals(container.getReady()));
  }

  private static Optional<PodCondition> condition(Pod pod, String type) {
    return Optional.ofNullable(pod.getStatus()).stream()
        .flatMap(status -> status.getConditions().stream())
        .filter(condition -> type.equals(condition.getType()))
        .findFirst();
  }
}
