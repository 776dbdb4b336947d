package starbase.talos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * talos.sh leave, with stand-ins for talosctl and curl. That a drained pod is elsewhere is not
 * proven here.
 */
class LeaveTest {
  /** Silent once it was reset; its node is gone once it was deleted. */
  private static final String OBEDIENT =
      """
      kubernetes() {
        case "$1" in DELETE*) if first 1 deleted; then return 0; else return 204; fi ;; esac
        return 99
      }
      talos() {
        case "$1" in
          *" reset "*) : >"$FAKE/reset"; return 0 ;;
          *boot_id) [ ! -e "$FAKE/reset" ] || { echo "error: rpc error: code = Unavailable desc = refused" >&2; return 1; } ;;
          *"members") members $([ -e "$FAKE/reset" ] && echo 1 2 || echo 1 2 3); return 0 ;;
        esac
        return 99
      }
      members() {
        printf 'NODE   ID   HOSTNAME   PEER URLS   CLIENT URLS   LEARNER\\n'
        for i in "$@"; do printf '1   a%s   cp%s   https://192.168.1.1%s:2380   https://192.168.1.1%s:2379   false\\n' $i $i $i $i; done
      }
      """;

  /** The same, but the machine has lost its power. */
  private static final String DEAD =
      OBEDIENT
          + """
          talos() {
            case "$1" in
              *boot_id) echo "error: rpc error: code = Unavailable desc = no route" >&2; return 1 ;;
              *remove-member*) : >"$FAKE/removed"; return 0 ;;
              *"members") members $([ -e "$FAKE/removed" ] && echo 1 2 || echo 1 2 3); return 0 ;;
            esac
            return 99
          }
          """;

  private static final String RESET =
      "reset --graceful --reboot=false --system-labels-to-wipe STATE --system-labels-to-wipe"
          + " EPHEMERAL --wait --timeout 600s";

  private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";

  /** Two addresses are announced by w1, until others take over: of one the lease is free first. */
  private static final String ANNOUNCING =
      OBEDIENT
          + """
          kubernetes() {
            case "$1" in
              GET*/leases)
                lease other w2
                if first 1 asked; then lease one w1; lease two w1
                elif first 1 free; then lease one w2; lease two ''
                else lease one w2; lease two w2; fi
                return 0 ;;
              DELETE*) return 204 ;;
            esac
            return 99
          }
          lease() {
            printf '{"metadata": {"name": "cilium-l2announce-%s", "namespace": "kube-system"},\n "spec": {"holderIdentity": "%s"}}\n' "$@"
          }
          """;

  @TempDir private Path folder;

  @Test
  void whatAMachineAnnouncesIsAnnouncedByOthersBeforeItIsReset() {
    var ended = new ScriptRun(folder, ANNOUNCING).of("w1", "192.168.1.21", "worker").run("leave");

    assertThat(ended.stdout()).isEqualTo("left\n");
    assertThat(ended.calls())
        .filteredOn(call -> call.endsWith(LEASES) || call.endsWith(RESET))
        .containsExactly(
            "curl GET 192.168.1.11:6443" + LEASES,
            "curl GET 192.168.1.11:6443" + LEASES,
            "curl GET 192.168.1.11:6443" + LEASES,
            "talosctl --endpoints 192.168.1.21 --nodes 192.168.1.21 " + RESET);
  }

  @Test
  void whereNobodyElseMayAnnounceItGoesAllTheSame() {
    var ended =
        new ScriptRun(folder, ANNOUNCING.replace("first 1 free", "true"))
            .of("w1", "192.168.1.21", "worker")
            .with("HANDOVER", "3")
            .run("leave");

    assertThat(ended.stdout()).isEqualTo("left\n");
    assertThat(ended.stderr())
        .contains("what w1 announces is not handed over: nobody has taken cilium-l2announce-two\n");
  }

  @Test
  void aWorkerIsResetThenItsNodeIsDeleted() {
    var ended = new ScriptRun(folder, OBEDIENT).of("w1", "192.168.1.21", "worker").run("leave");

    assertThat(ended.stdout()).isEqualTo("left\n");
    assertThat(ended.calls().subList(2, ended.calls().size()))
        .containsExactly(
            "talosctl --endpoints 192.168.1.21 --nodes 192.168.1.21 read"
                + " /proc/sys/kernel/random/boot_id",
            "curl GET 192.168.1.11:6443" + LEASES,
            "curl PATCH 192.168.1.11:6443/api/v1/nodes/w1",
            "talosctl --endpoints 192.168.1.21 --nodes 192.168.1.21 " + RESET,
            "talosctl --endpoints 192.168.1.21 --nodes 192.168.1.21 read"
                + " /proc/sys/kernel/random/boot_id",
            "curl DELETE 192.168.1.11:6443/api/v1/nodes/w1",
            "curl DELETE 192.168.1.11:6443/api/v1/nodes/w1");
  }

  @Test
  void aControlPlaneIsResetAndOneThatStaysIsAskedWhetherEtcdHasForgottenIt() {
    var ended =
        new ScriptRun(folder, OBEDIENT).of("cp3", "192.168.1.13", "controlplane").run("leave");

    assertThat(ended.stdout()).isEqualTo("left\n");
    assertThat(ended.calls())
        .containsSubsequence(
            "talosctl --endpoints 192.168.1.13 --nodes 192.168.1.13 " + RESET,
            "talosctl --endpoints 192.168.1.11 --nodes 192.168.1.11 etcd members",
            "curl DELETE 192.168.1.11:6443/api/v1/nodes/cp3")
        .noneMatch(call -> call.contains("remove-member"));
  }

  @Test
  void aDeadControlPlaneIsTakenOutOfEtcdByOneThatStays() {
    var ended = new ScriptRun(folder, DEAD).of("cp3", "192.168.1.13", "controlplane").run("leave");

    assertThat(ended.stdout()).isEqualTo("left\n");
    assertThat(ended.stderr())
        .contains("cp3 (192.168.1.13) does not answer, and is taken out as a dead machine");
    assertThat(ended.calls())
        .contains(
            "talosctl --endpoints 192.168.1.11 --nodes 192.168.1.11 etcd remove-member a3",
            "curl DELETE 192.168.1.11:6443/api/v1/nodes/cp3")
        .noneMatch(call -> call.contains(" reset "));
  }

  @Test
  void theLastControlPlaneOfThePlanStays() {
    var ended =
        new ScriptRun(folder, OBEDIENT)
            .of("cp1", "192.168.1.11", "controlplane")
            .with("CONTROL_PLANES", "cp1=192.168.1.11")
            .run("leave");

    assertRefused(ended);
  }

  @Test
  void theLastMemberOfEtcdStaysWhateverThePlanSaid() {
    var ended =
        new ScriptRun(folder, OBEDIENT.replace("echo 1 2 3", "echo 1"))
            .of("cp1", "192.168.1.11", "controlplane")
            .run("leave");

    assertRefused(ended);
  }

  private static void assertRefused(ScriptRun.Ended ended) {
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.stderr())
        .isEqualTo(
            "leave of cp1: it is the last control plane, and the cluster's data would go with it."
                + " If all of the cluster shall go, say STARBASE_DESTROY=yes\n");
    assertThat(ended.calls())
        .noneMatch(call -> call.contains(" reset ") || call.contains("DELETE"));
  }

  @Test
  void nobodyIsAskedWhenAllOfTheClusterGoes() {
    var ended =
        new ScriptRun(folder, "")
            .of("cp1", "192.168.1.11", "controlplane")
            .with("STARBASE_DESTROY", "yes")
            .run("leave");

    assertThat(ended.status()).isZero();
    assertThat(ended.calls()).isEmpty();
  }

  @Test
  void aResetThatFailsIsToldAndTheNodeIsKept() {
    var ended =
        new ScriptRun(
                folder,
                """
                talos() {
                  case "$1" in *" reset "*) echo "error: drain failed: pods remain" >&2; return 1 ;; esac
                  return 99
                }
                """)
            .of("w1", "192.168.1.21", "worker")
            .run("leave");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.stderr())
        .isEqualTo("leave of w1: error: drain failed: pods remain (it still answers)\n");
    assertThat(ended.calls()).noneMatch(call -> call.contains("DELETE"));
  }

  @Test
  void aResetThatTalosctlCallsASuccessIsNotBelievedWhileTheMachineAnswers() {
    var ended =
        new ScriptRun(folder, "")
            .of("w1", "192.168.1.21", "worker")
            .with("LEAVE", "1")
            .run("leave");

    assertThat(ended.stderr())
        .endsWith(
            "leave of w1: waited 1 s until w1 (192.168.1.21) has reset; last: it still answers\n");
  }
}
