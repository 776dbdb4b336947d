package starbase.talos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * talos.sh upgrade and upgrade-k8s, with stand-ins for talosctl and curl: what is asked for in
 * which order, and what is refused. That a machine or a cluster survives it is not proven here.
 */
class UpgradeTest {
  /** A machine runs v1.13.0 until it is upgraded to what its image says. */
  private static final String UPGRADABLE =
      """
      talos() {
        case "$1" in
          *" version") [ ! -e "$FAKE/new" ] || { printf 'Server:\\n\\tTag:   v1.13.2\\n'; return 0; } ;;
          *" upgrade --image"*) : >"$FAKE/new"; return 0 ;;
        esac
        return 99
      }
      """;

  private static final String NEXT = "factory.talos.dev/nocloud-installer/abc:v1.13.2";

  @TempDir private Path folder;

  private ScriptRun worker(String answers, String talos, String installer) {
    return new ScriptRun(folder, answers)
        .of("w1", "192.168.1.21", "worker")
        .with("TALOS", talos)
        .with("INSTALLER", installer);
  }

  private static List<String> upgrades(ScriptRun.Ended ended) {
    return ended.calls().stream().filter(call -> call.contains(" upgrade")).toList();
  }

  @Test
  void aMachineThatIsThereAlreadyIsLeftAlone() {
    var ended =
        worker("", "v1.13.0", "factory.talos.dev/nocloud-installer/abc:v1.13.0").run("upgrade");

    assertThat(ended.stdout()).isEqualTo("already at v1.13.0\n");
    assertThat(upgrades(ended)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"upgrade", "apply"})
  void aMachineWhoseHostIsDownIsNotAsked(String verb) {
    var ended = worker("", "v1.13.2", NEXT).with("ABSENT", "w1").run(verb);

    assertThat(ended.stdout()).isEqualTo("skipped: the host of w1 does not answer\n");
    assertThat(ended.calls()).isEmpty();
  }

  @Test
  void aMachineIsUpgradedThroughAControlPlaneForDrainingNeedsOne() {
    var ended = worker(UPGRADABLE, "v1.13.2", NEXT).run("upgrade");

    assertThat(ended.stdout()).isEqualTo("upgraded from v1.13.0 to v1.13.2\n");
    assertThat(upgrades(ended))
        .containsExactly(
            "talosctl --endpoints 192.168.1.11 --nodes 192.168.1.21 upgrade --image "
                + NEXT
                + " --drain=true --wait --timeout 3600s --progress plain");
  }

  @Test
  void aControlPlaneIsUpgradedThroughAnotherForItRebootsItself() {
    var ended =
        worker(UPGRADABLE, "v1.13.2", NEXT)
            .of("cp1", "192.168.1.11", "controlplane")
            .run("upgrade");

    assertThat(ended.stdout()).isEqualTo("upgraded from v1.13.0 to v1.13.2\n");
    assertThat(upgrades(ended))
        .first()
        .asString()
        .startsWith("talosctl --endpoints 192.168.1.12 --nodes 192.168.1.11 ");
    assertThat(ended.calls())
        .last()
        .isEqualTo("talosctl --endpoints 192.168.1.11 --nodes 192.168.1.11 etcd members");
  }

  @Test
  void anotherSchematicIsAnUpgradeToo() {
    var ended =
        worker(
                """
                talos() {
                  case "$1" in
                    *extensions) [ ! -e "$FAKE/new" ] || { printf 'x   ExtensionStatus   0   1   schematic   def\\n'; return 0; } ;;
                    *" upgrade --image"*) : >"$FAKE/new"; return 0 ;;
                  esac
                  return 99
                }
                """,
                "v1.13.0",
                "factory.talos.dev/nocloud-installer/def:v1.13.0")
            .run("upgrade");

    assertThat(ended.stdout()).isEqualTo("upgraded from v1.13.0 to v1.13.0\n");
    assertThat(upgrades(ended)).hasSize(1);
  }

  @Test
  void aPullThatTheFactoryIsTooSlowForIsTriedAgain() {
    var ended =
        worker(
                """
                talos() {
                  case "$1" in
                    *" version") [ ! -e "$FAKE/new" ] || { printf 'Server:\\n\\tTag:   v1.13.2\\n'; return 0; } ;;
                    *" upgrade --image"*)
                      first 2 pull && { echo "error: failed to pull image: context deadline exceeded" >&2; return 1; }
                      : >"$FAKE/new"; return 0 ;;
                  esac
                  return 99
                }
                """,
                "v1.13.2",
                NEXT)
            .run("upgrade");

    assertThat(ended.stdout()).isEqualTo("upgraded from v1.13.0 to v1.13.2\n");
    assertThat(upgrades(ended)).hasSize(3);
    assertThat(ended.stderr())
        .containsOnlyOnce("trying again: error: failed to pull image: context deadline exceeded");
  }

  @Test
  void aPullThatNeverSucceedsEndsAtTheDeadline() {
    var ended =
        worker(
                """
                talos() {
                  case "$1" in
                    *" upgrade --image"*) echo "error: failed to pull image: context deadline exceeded" >&2; return 1 ;;
                  esac
                  return 99
                }
                """,
                "v1.13.2",
                NEXT)
            .with("UPGRADE", "1")
            .run("upgrade");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(upgrades(ended)).hasSizeGreaterThan(1);
    assertThat(ended.stderr()).contains("failed to pull image: context deadline exceeded");
  }

  @Test
  void anUpgradeThatNeverBeganIsTold() {
    var ended =
        worker(
                """
                talos() {
                  case "$1" in *" upgrade --image"*) echo "error: error pulling upgrade image: not found" >&2; return 1 ;; esac
                  return 99
                }
                """,
                "v1.13.2",
                NEXT)
            .run("upgrade");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.stderr())
        .isEqualTo(
            "upgrade of w1: error: error pulling upgrade image: not found (it runs v1.13.0,"
                + " schematic abc)\n");
  }

  @ParameterizedTest
  @CsvSource({
    "v1.12.6, 'it runs v1.13.0, and v1.12.6 is an older minor: it can''t go back'",
    "v1.15.0, 'it runs v1.13.0, and v1.15.0 skips a minor: put the newest of each in between into"
        + " the stack file first'"
  })
  void aTalosThatCannotBeReachedInOneStepIsRefused(String talos, String why) {
    var ended =
        worker(
                """
                talos() {
                  case "$1" in version*--client*) echo "Talos $TALOS"; return 0 ;; esac
                  return 99
                }
                """,
                talos,
                NEXT)
            .run("upgrade");

    assertThat(ended.stderr()).isEqualTo("upgrade of w1: " + why + "\n");
    assertThat(upgrades(ended)).isEmpty();
  }

  @Test
  void aMachineWithoutAConfigIsNotWaitedForAsItGetsItAfterwards() {
    var ended =
        worker(
                """
                talos() {
                  case "$1" in
                    *--insecure*) return 0 ;;
                    --talosconfig*) echo 'x509: certificate signed by unknown authority' >&2; return 1 ;;
                  esac
                  return 99
                }
                """,
                "v1.13.2",
                NEXT)
            .run("upgrade");

    assertThat(ended.stdout()).isEqualTo("has no config yet, and boots the Talos of its image\n");
    assertThat(upgrades(ended)).isEmpty();
  }

  private ScriptRun kubernetes(String answers, String version) {
    return new ScriptRun(folder, answers).with("KUBERNETES", version);
  }

  @ParameterizedTest
  @CsvSource({
    "1.35.2, 'Kubernetes runs v1.36.4, and 1.35.2 is older: it can''t go back. Put 1.36.4 into the"
        + " stack file'",
    "1.36.1, 'Kubernetes runs v1.36.4, and 1.36.1 is older: it can''t go back. Put 1.36.4 into the"
        + " stack file'",
    "1.38.0, 'Kubernetes runs v1.36.4, and 1.38.0 skips a minor: put the newest of each in between"
        + " into the stack file first'"
  })
  void aKubernetesThatCannotBeReachedInOneStepIsRefusedBeforeAnything(String version, String why) {
    var ended = kubernetes("", version).run("upgrade-k8s");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.stderr()).isEqualTo("upgrade-k8s: " + why + "\n");
    assertThat(upgrades(ended)).isEmpty();
  }

  @Test
  void aClusterThatIsThereAlreadyIsLeftAlone() {
    var ended = kubernetes("", "1.36.4").run("upgrade-k8s");

    assertThat(ended.stdout()).isEqualTo("already at 1.36.4\n");
    assertThat(upgrades(ended)).isEmpty();
  }

  @Test
  void aControlPlaneThatIsNewIsNotWaitedForAsItGetsItsConfigLater() {
    var ended =
        kubernetes(
                """
                kubernetes() {
                  case "$1" in
                    GET*/nodes/cp3) return 204 ;;
                    *.13:6443*) return 1 ;;
                  esac
                  return 99
                }
                """,
                "1.36.4")
            .run("upgrade-k8s");

    assertThat(ended.stdout()).isEqualTo("already at 1.36.4\n");
    assertThat(ended.calls()).noneMatch(call -> call.contains("192.168.1.13"));
  }

  @Test
  void aDryRunComesFirstAndEveryPartIsAskedForItsVersionInTheEnd() {
    var ended =
        kubernetes(
                """
                talos() {
                  case "$1" in *dry-run) ;; *"upgrade-k8s "*) : >"$FAKE/new" ;; esac
                  return 99
                }
                kubernetes() {
                  [ -e "$FAKE/new" ] || return 99
                  case "$1" in
                    */version) echo '{"gitVersion": "v1.37.0"}'; return 0 ;;
                    */nodes) echo '{"kubeletVersion": "v1.37.0"}'; return 0 ;;
                  esac
                  return 99
                }
                """,
                "1.37.0")
            .run("upgrade-k8s");

    assertThat(ended.stdout()).isEqualTo("Kubernetes is 1.37.0\n");
    assertThat(upgrades(ended))
        .containsExactly(
            "talosctl --endpoints 192.168.1.11 --nodes 192.168.1.11 upgrade-k8s --to 1.37.0"
                + " --dry-run",
            "talosctl --endpoints 192.168.1.11 --nodes 192.168.1.11 upgrade-k8s --to 1.37.0");
  }

  @Test
  void aDryRunThatFailsIsTheEnd() {
    var ended =
        kubernetes(
                """
                talos() {
                  case "$1" in *dry-run) echo "error: PodSecurityPolicy is in use" >&2; return 1 ;; esac
                  return 99
                }
                """,
                "1.37.0")
            .run("upgrade-k8s");

    assertThat(ended.stderr())
        .isEqualTo(
            "upgrade-k8s: nothing was changed; the dry run failed: error: PodSecurityPolicy is in"
                + " use\n");
    assertThat(upgrades(ended)).hasSize(1);
  }

  @Test
  void aClusterThatWasCutOffHalfWayIsUpgradedOn() {
    var ended =
        kubernetes(
                """
                kubernetes() {
                  case "$1" in *.11:6443/version) echo '{"gitVersion": "v1.37.0"}'; return 0 ;; esac
                  return 99
                }
                """,
                "1.37.0")
            .with("READY", "1")
            .run("upgrade-k8s");

    assertThat(upgrades(ended)).hasSize(2);
    assertThat(ended.stderr())
        .endsWith(
            "upgrade-k8s: waited 1 s until every control plane and node runs 1.37.0; last: 4 of"
                + " v1.36.4 1 of v1.37.0\n");
  }
}
