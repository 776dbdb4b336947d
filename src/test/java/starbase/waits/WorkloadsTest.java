package starbase.waits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import starbase.kubernetes.Awaited;
import starbase.kubernetes.WaitFor;

/** Why workloads are not rolled out. */
class WorkloadsTest {
  private static final Awaited DEPLOYMENT =
      Awaited.of("apps/v1", "Deployment", "shop", "front", new WaitFor.RolledOut());

  private static final String CRASHED =
      """
        containerStatuses:
        - name: front
          ready: false
          restartCount: %d
          state: {waiting: {reason: CrashLoopBackOff}}
          lastState: {terminated: {exitCode: 1, reason: Error}}
      """;

  private static final String RESTARTED =
      """
        conditions: [{type: Ready, status: "True"}]
        containerStatuses:
        - name: front
          ready: true
          restartCount: 4
          state: {running: {startedAt: "%s"}}
          lastState: {terminated: {exitCode: 1, reason: Error}}
      """;

  private final FakeCluster cluster = new FakeCluster();

  @Test
  void aDeploymentOfWhichAllIsAvailableIsReady() {
    deployment("replicas: 2, updatedReplicas: 2, availableReplicas: 2");
    assertThat(look()).isInstanceOf(Verdict.Ready.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "replicas: 2, updatedReplicas: 1, availableReplicas: 2 | 1 of 2 pods updated",
        "replicas: 2, updatedReplicas: 2, availableReplicas: 1 | 1 of 2 pods available",
        "replicas: 3, updatedReplicas: 2, availableReplicas: 2 | 1 old pods still there"
      })
  void whatIsMissingIsCounted(String status, String reason) {
    deployment(status);
    assertThat(look()).isEqualTo(new Verdict.NotYet(reason));
  }

  @Test
  void podsThatAdmissionRefusesAreHopeless() {
    deployment(
        """
        replicas: 1, conditions: [{type: ReplicaFailure, status: "True", reason: FailedCreate,
        message: 'pods "front-1" is forbidden: violates PodSecurity "restricted:latest"'}]""");
    cluster.has(
        """
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata: {name: front-1, namespace: shop, creationTimestamp: "2026-01-01T00:00:00Z", ownerReferences: [{uid: deployment}]}
        """);
    assertThat(look())
        .isEqualTo(
            Verdict.Hopeless.of(
                "ReplicaSet front-1: FailedCreate: pods \"front-1\" is forbidden: violates"
                    + " PodSecurity \"restricted:latest\""));
  }

  @Test
  void podsThatAWebhookOutOfReachHoldsBackAreWaitedFor() {
    deployment(
        """
        replicas: 1, conditions: [{type: ReplicaFailure, status: "True",
        message: 'is forbidden: failed calling webhook "x": connection refused'}]""");
    assertThat(look()).isInstanceOf(Verdict.NotYet.class);
  }

  @Test
  void aPodThatCrashesAgainAndAgainIsHopelessWithItsLastWords() {
    deployment("replicas: 2, updatedReplicas: 2");
    pod("w1", CRASHED.formatted(3));
    cluster.wrote("starting\nunknown flag: --nonsense");
    assertThat(look())
        .isEqualTo(
            Verdict.Hopeless.of(
                """
                pod front-w1, container front ended with exit code 1 (Error), and was started again 3 times; it wrote at last:
                  starting
                  unknown flag: --nonsense"""));
  }

  @Test
  void aPodThatCrashedOnceIsWaitedFor() {
    deployment("replicas: 2, updatedReplicas: 2");
    pod("w1", CRASHED.formatted(1));
    assertThat(look()).isInstanceOf(Verdict.NotYet.class);
  }

  @Test
  void aPodThatCrashedAMomentAgoIsWaitedForAlthoughItCountsAsReady() {
    deployment("replicas: 2, updatedReplicas: 2, availableReplicas: 2");
    pod("w1", RESTARTED.formatted(InstantSource.system().instant()));
    cluster.wrote("unknown flag: --nonsense");
    assertThat(look())
        .isEqualTo(
            new Verdict.NotYet(
                """
                pod front-w1, container front ended with exit code 1 (Error), and was started again 4 times; it wrote at last:
                  unknown flag: --nonsense"""));
  }

  @Test
  void aPodThatCrashesIsWaitedForAlthoughTheDeploymentStillCountsIt() {
    deployment("replicas: 2, updatedReplicas: 2, availableReplicas: 2");
    pod("w1", CRASHED.formatted(1));
    assertThat(look())
        .isEqualTo(
            new Verdict.NotYet(
                "pod front-w1, container front ended with exit code 1 (Error), and was started again 1 times"));
  }

  @Test
  void aPodThatWasEvictedHoldsNothingUp() {
    deployment("replicas: 2, updatedReplicas: 2, availableReplicas: 2");
    pod("w1", "  phase: Failed\n" + CRASHED.formatted(0));
    assertThat(look()).isInstanceOf(Verdict.Ready.class);
  }

  @Test
  void aPodThatCrashedOnceAndRunsOnIsReady() {
    deployment("replicas: 2, updatedReplicas: 2, availableReplicas: 2");
    pod("w1", RESTARTED.formatted(InstantSource.system().instant().minusSeconds(11)));
    assertThat(look()).isInstanceOf(Verdict.Ready.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "True | some-other-taint | true",
        "False | some-other-taint | false",
        "True | node.cilium.io/agent-not-ready | false"
      })
  void aPodThatNoNodeTakesIsHopelessUnlessNodesAreStillComing(
      String ready, String taint, boolean hopeless) {
    deployment("replicas: 2, updatedReplicas: 2");
    pod(
        "",
        """
          conditions: [{type: PodScheduled, status: "False", reason: Unschedulable, message: no node}]
        """);
    cluster.has(
        """
        apiVersion: v1
        kind: Node
        metadata: {name: w1}
        spec: {taints: [{key: %s, effect: NoSchedule}]}
        status: {conditions: [{type: Ready, status: "%s"}]}
        """
            .formatted(taint, ready));
    if (hopeless) {
      assertThat(look())
          .isEqualTo(new Verdict.Hopeless("pod front-: no node", Duration.ofMinutes(1)));
    } else {
      assertThat(look()).isInstanceOf(Verdict.NotYet.class);
    }
  }

  @Test
  void aPodThatIsNotReadyTellsItsNewestWarning() {
    deployment("replicas: 2, updatedReplicas: 2, availableReplicas: 1");
    pod("w1", "  containerStatuses: [{name: front, ready: false, state: {running: {}}}]\n");
    cluster
        .told("pod-w1", "Warning", "FailedMount", "an older one")
        .told("pod-w1", "Warning", "Unhealthy", "Readiness probe failed: refused")
        .told("pod-w1", "Normal", "Pulled", "not a warning");
    assertThat(look())
        .isEqualTo(
            new Verdict.NotYet(
                "1 of 2 pods available; pod front-w1: Unhealthy: Readiness probe failed: refused"));
  }

  @Test
  void podsOnANodeThatHasStoppedAnsweringHoldNothingUp() {
    deployment("replicas: 2, updatedReplicas: 2, availableReplicas: 1");
    pod("w1", "  conditions: [{type: Ready, status: \"True\"}]\n");
    pod("w2", "  conditions: [{type: Ready, status: \"False\"}]\n");
    assertThat(look()).isInstanceOf(Verdict.NotYet.class);
    cluster.has(
        """
        apiVersion: v1
        kind: Node
        metadata: {name: w2}
        status: {conditions: [{type: Ready, status: Unknown}]}
        """);
    assertThat(look())
        .isInstanceOfSatisfying(
            Verdict.Ready.class, its -> assertThat(its.warning().orElse("")).contains("w2"));
  }

  @Test
  void aReleaseIsReadyWithAllItsWorkloads() {
    var release = Awaited.release("kube-system", "cilium");
    assertThat(look(release)).isEqualTo(new Verdict.NotYet("the release has no workload yet"));

    daemonSet("cilium", 2);
    daemonSet("cilium-envoy", 1);
    assertThat(look(release))
        .isEqualTo(new Verdict.NotYet("DaemonSet cilium-envoy: 1 of 2 pods available"));
  }

  @Test
  void workloadsOfOthersAreNotThoseOfARelease() {
    daemonSet("cilium", 2);
    cluster.has(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: coredns, namespace: kube-system, generation: 1}
        """);
    assertThat(look(Awaited.release("kube-system", "cilium"))).isInstanceOf(Verdict.Ready.class);
  }

  private Verdict look() {
    return look(DEPLOYMENT);
  }

  private Verdict look(Awaited wait) {
    return new Judge(cluster, Set.of()).look(wait);
  }

  private void deployment(String status) {
    cluster.has(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: front, namespace: shop, generation: 3, uid: deployment}
        spec: {replicas: 2, selector: {matchLabels: {app: front}}}
        status: {observedGeneration: 3, %s}
        """
            .formatted(status));
  }

  private void daemonSet(String name, int available) {
    cluster.has(
        """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: %s, namespace: kube-system, generation: 1, annotations: {meta.helm.sh/release-name: cilium}}
        spec: {selector: {matchLabels: {app: %s}}}
        status: {observedGeneration: 1, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: %d}
        """
            .formatted(name, name, available));
  }

  private void pod(String node, String status) {
    cluster.has(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: front-%s, namespace: shop, uid: pod-%s, labels: {app: front}}
        spec: {nodeName: "%s"}
        status:
        %s"""
            .formatted(node, node, node, status));
  }
}
