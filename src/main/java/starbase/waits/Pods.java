package starbase.waits;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

  /**
   * How long a container has to run after it was started again. Without a readiness probe a program
   * that crashes at once counts as ready in the moment between its start and its end.
   */
  private static final Duration UNTIL_IT_RUNS_ON = Duration.ofSeconds(10);

  private static final Pattern NO_SUCH_IMAGE =
      Pattern.compile("not found|manifest unknown|unauthorized|denied|does not exist");

  private final ClusterReader cluster;

  Pods(ClusterReader cluster) {
    this.cluster = cluster;
  }

  static boolean isReady(Pod pod) {
    return condition(pod, "Ready").filter(its -> "True".equals(its.getStatus())).isPresent();
  }

  static boolean hasEnded(Pod pod) {
    return pod.getStatus() != null
        && List.of("Failed", "Succeeded")
            .contains(Objects.requireNonNullElse(pod.getStatus().getPhase(), ""));
  }

  /** Whether a pod is about to go, or is ready and none of its containers crashed a moment ago. */
  static boolean isSteady(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null
        || (isReady(pod) && crashedAMomentAgo(pod).findAny().isEmpty());
  }

  /** Why a pod is not steady; empty if it is, or if nothing says why. */
  Optional<Verdict> trouble(Pod pod) {
    if (isSteady(pod)) {
      return Optional.empty();
    }
    if (isReady(pod)) {
      return crashedAMomentAgo(pod)
          .flatMap(container -> ended(container).map(its -> crash(pod, container, its)).stream())
          .<Verdict>map(Verdict.NotYet::new)
          .findFirst();
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
        .filter(container -> !Boolean.TRUE.equals(container.getReady()))
        .flatMap(container -> trouble(pod, name, container).stream())
        .findFirst()
        .or(
            () ->
                Events.newestWarning(cluster, pod.getMetadata())
                    .map(warning -> new Verdict.NotYet(name + ": " + warning)));
  }

  /** The containers that run again, since a moment, after an end that was no success. */
  private static Stream<ContainerStatus> crashedAMomentAgo(Pod pod) {
    return containers(pod)
        .filter(Pods::restarts)
        .filter(Pods::runsSinceAMoment)
        .filter(container -> ended(container).isPresent());
  }

  private static boolean runsSinceAMoment(ContainerStatus container) {
    var running = container.getState() == null ? null : container.getState().getRunning();
    return running != null
        && running.getStartedAt() != null
        && InstantSource.system()
            .instant()
            .isBefore(Instant.parse(running.getStartedAt()).plus(UNTIL_IT_RUNS_ON));
  }

  private Optional<Verdict> trouble(Pod pod, String podName, ContainerStatus container) {
    var name = "%s, container %s".formatted(podName, container.getName());
    var state = container.getState();
    if (state == null || state.getRunning() != null) {
      return Optional.empty();
    }
    var waiting = state.getWaiting();
    if (waiting == null || "CrashLoopBackOff".equals(waiting.getReason())) {
      return ended(container).map(ended -> crashed(pod, container, ended));
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

  private Verdict crashed(Pod pod, ContainerStatus container, ContainerStateTerminated ended) {
    var message = crash(pod, container, ended);
    return restartsOf(container) >= CRASHES
        ? Verdict.Hopeless.of(message)
        : new Verdict.NotYet(message);
  }

  private String crash(Pod pod, ContainerStatus container, ContainerStateTerminated ended) {
    int times = restartsOf(container);
    var terminatedNow =
        container.getState() != null && container.getState().getTerminated() != null;
    var last = cluster.lastLines(pod, container.getName(), !terminatedNow && times > 0);
    return "pod %s, container %s ended with exit code %d%s, and was started again %d times%s"
        .formatted(
            pod.getMetadata().getName(),
            container.getName(),
            Objects.requireNonNullElse(ended.getExitCode(), -1),
            ended.getReason() == null ? "" : " (" + ended.getReason() + ")",
            times,
            last.isEmpty() ? "" : "; it wrote at last:\n" + last.indent(2).stripTrailing());
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
    return restartsOf(container) > 0;
  }

  private static int restartsOf(ContainerStatus container) {
    return Objects.requireNonNullElse(container.getRestartCount(), 0);
  }

  private static Stream<ContainerStatus> containers(Pod pod) {
    var status = pod.getStatus();
    return status == null
        ? Stream.of()
        : Stream.of(status.getInitContainerStatuses(), status.getContainerStatuses())
            .filter(Objects::nonNull)
            .flatMap(List::stream);
  }

  private static Optional<PodCondition> condition(Pod pod, String type) {
    return Optional.ofNullable(pod.getStatus()).stream()
        .flatMap(status -> status.getConditions().stream())
        .filter(condition -> type.equals(condition.getType()))
        .findFirst();
  }
}
