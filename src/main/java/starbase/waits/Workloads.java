package starbase.waits;

import static starbase.waits.StatusConditions.number;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether Deployments, DaemonSets and StatefulSets are rolled out, and if not, why. */
final class Workloads {
  private static final String APPS = "apps/v1";
  private static final List<String> KINDS = List.of("DaemonSet", "Deployment", "StatefulSet");

  /** By the annotations that Helm puts on all objects of a release. */
  private static final String RELEASE = "meta.helm.sh/release-name";

  /**
   * What admission says of a pod that it will never let in. A webhook that can't be reached may be
   * there the next moment.
   */
  private static final Pattern REFUSED = Pattern.compile("is forbidden|denied the request|invalid");

  private static final Pattern UNREACHED = Pattern.compile("failed calling webhook");

  private final ClusterReader cluster;
  private final Pods pods;

  Workloads(ClusterReader cluster) {
    this.cluster = cluster;
    this.pods = new Pods(cluster);
  }

  /** All workloads of a Helm release. */
  Verdict ofRelease(String namespace, String release) {
    var its =
        KINDS.stream()
            .flatMap(kind -> cluster.list(APPS, kind, namespace).stream())
            .filter(
                each ->
                    Optional.ofNullable(each.getMetadata().getAnnotations())
                        .map(annotations -> annotations.get(RELEASE))
                        .filter(release::equals)
                        .isPresent())
            .toList();
    return its.isEmpty()
        ? new Verdict.NotYet("the release has no workload yet")
        : Judge.worst(its.stream().map(this::named).toList());
  }

  private Verdict named(GenericKubernetesResource workload) {
    var name = "%s %s: ".formatted(workload.getKind(), workload.getMetadata().getName());
    return judge(workload).reworded(name::concat);
  }

  /** One workload. */
  Verdict judge(GenericKubernetesResource workload) {
    long generation = Objects.requireNonNullElse(workload.getMetadata().getGeneration(), 0L);
    if (status(workload, "observedGeneration") < generation) {
      return new Verdict.NotYet("its controller has not seen it yet");
    }
    var progress = Progress.of(workload);
    var its = podsOf(workload);
    // What the controller counts lags behind the pods.
    if (progress.done() && its.stream().allMatch(Pods::isSteady)) {
      return Verdict.Ready.of(Map.of());
    }
    var silent = Nodes.silent(cluster);
    if (onlySilentNodesLack(progress, its, silent)) {
      return new Verdict.Ready(
          Map.of(),
          Optional.of(
              "%s has %s: others are on nodes that have stopped answering (%s) and are not waited for"
                  .formatted(
                      ClusterReader.name(workload),
                      progress,
                      String.join(", ", silent.stream().sorted().toList()))));
    }
    var reasons = new ArrayList<Verdict>();
    notCreated(workload, its).ifPresent(reasons::add);
    its.stream()
        .filter(pod -> !isOn(silent, pod))
        .flatMap(pod -> pods.trouble(pod).stream())
        .forEach(reasons::add);
    if (reasons.isEmpty()) {
      return progress.done() ? Verdict.Ready.of(Map.of()) : new Verdict.NotYet(progress.toString());
    }
    // Pods of one workload mostly fail alike; one of them says it.
    var worst = Collections.min(reasons, Comparator.comparing(Workloads::rank));
    return worst instanceof Verdict.NotYet notYet && !progress.done()
        ? new Verdict.NotYet(progress + "; " + notYet.reason())
        : worst;
  }

  private static int rank(Verdict verdict) {
    return verdict instanceof Verdict.Hopeless ? 0 : 1;
  }

  /**
   * How many pods are there.
   *
   * @param wanted how many there have to be
   * @param updated how many are of the newest form
   * @param available how many serve
   * @param old how many of an older form are still there
   */
  private record Progress(long wanted, long updated, long available, long old) {
    static Progress of(GenericKubernetesResource workload) {
      if (workload.getKind().equals("DaemonSet")) {
        long wanted = status(workload, "desiredNumberScheduled");
        var onDelete = "OnDelete".equals(workload.get("spec", "updateStrategy", "type"));
        return new Progress(
            wanted,
            onDelete ? wanted : status(workload, "updatedNumberScheduled"),
            status(workload, "numberAvailable"),
            0);
      }
      long wanted = number(workload.get("spec", "replicas"), 1);
      long updated = status(workload, "updatedReplicas");
      return new Progress(
          wanted,
          updated,
          status(workload, "availableReplicas"),
          Math.max(0, status(workload, "replicas") - updated));
    }

    boolean done() {
      return updated >= wanted && available >= wanted && old == 0;
    }

    long missing() {
      return wanted - Math.min(updated, available);
    }

    @Override
    public String toString() {
      if (updated < wanted) {
        return "%d of %d pods updated".formatted(updated, wanted);
      }
      return available < wanted
          ? "%d of %d pods available".formatted(available, wanted)
          : "%d old pods still there".formatted(old);
    }
  }

  /** A machine that is switched off must not hold up a change elsewhere, nor its own removal. */
  private static boolean onlySilentNodesLack(
      Progress progress, List<Pod> pods, Set<String> silent) {
    var lost = pods.stream().filter(pod -> isOn(silent, pod)).toList();
    return !progress.done()
        && !lost.isEmpty()
        && progress.missing() <= lost.size()
        && pods.stream().filter(pod -> !isOn(silent, pod)).allMatch(Pods::isReady);
  }

  private static boolean isOn(Set<String> nodes, Pod pod) {
    return pod.getSpec() != null
        && pod.getSpec().getNodeName() != null
        && nodes.contains(pod.getSpec().getNodeName());
  }

  /**
   * Without those that have ended for good, as after an eviction: others have taken their place.
   */
  private List<Pod> podsOf(GenericKubernetesResource workload) {
    Map<String, String> labels = workload.get("spec", "selector", "matchLabels");
    return labels == null
        ? List.of()
        : cluster.pods(workload.getMetadata().getNamespace(), labels).stream()
            .filter(pod -> !Pods.hasEnded(pod))
            .toList();
  }

  /** Why pods of a workload were not even made. */
  private Optional<Verdict> notCreated(GenericKubernetesResource workload, List<Pod> pods) {
    var condition =
        StatusConditions.find(StatusConditions.of(workload), "ReplicaFailure")
            .filter(its -> "True".equals(its.get("status")))
            .map(its -> StatusConditions.text(its, "message"));
    if (workload.getKind().equals("Deployment")) {
      return condition.map(message -> refused(replicaSet(workload) + "FailedCreate: " + message));
    }
    long wanted = Progress.of(workload).wanted();
    return pods.size() >= wanted
        ? Optional.empty()
        : Events.newest(cluster, workload.getMetadata(), "FailedCreate")
            .map(message -> refused("FailedCreate: " + message));
  }

  private String replicaSet(GenericKubernetesResource deployment) {
    return cluster.list(APPS, "ReplicaSet", deployment.getMetadata().getNamespace()).stream()
        .filter(
            set ->
                set.getMetadata().getOwnerReferences().stream()
                    .anyMatch(owner -> owner.getUid().equals(deployment.getMetadata().getUid())))
        .max(Comparator.comparing(set -> set.getMetadata().getCreationTimestamp()))
        .map(set -> "ReplicaSet " + set.getMetadata().getName() + ": ")
        .orElse("");
  }

  private static Verdict refused(String message) {
    return REFUSED.matcher(message).find() && !UNREACHED.matcher(message).find()
        ? Verdict.Hopeless.of(message)
        : new Verdict.NotYet(message);
  }

  private static long status(GenericKubernetesResource workload, String field) {
    return number(workload.get("status", field), 0);
  }
}
