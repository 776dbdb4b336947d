package starbase.talos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** talos.sh ready, with stand-ins for talosctl and curl: what it asks, and what it misses. */
class ReadyTest {
  private static final String MACHINES =
      "cp1=192.168.1.11 cp2=192.168.1.12 cp3=192.168.1.13 w1=192.168.1.21";

  @TempDir private Path folder;

  @Test
  void everyAddressEveryMemberAndEveryNodeIsAskedFor() {
    var ended = new ScriptRun(folder, "").with("MACHINES", MACHINES).run("ready");

    assertThat(ended.stdout()).isEqualTo("ready\n");
    assertThat(ended.calls().subList(1, ended.calls().size()))
        .containsExactly(
            "talosctl --endpoints 192.168.1.11 --nodes 192.168.1.11 kubeconfig SCRATCH/kubeconfig"
                + " --force --merge=false",
            "curl GET 192.168.1.11:6443/readyz",
            "curl GET 192.168.1.12:6443/readyz",
            "curl GET 192.168.1.13:6443/readyz",
            "curl GET 192.168.1.10:6443/readyz",
            "talosctl --endpoints 192.168.1.11 --nodes 192.168.1.11 etcd members",
            "curl GET 192.168.1.10:6443/api/v1/nodes/cp1",
            "curl GET 192.168.1.10:6443/api/v1/nodes/cp2",
            "curl GET 192.168.1.10:6443/api/v1/nodes/cp3",
            "curl GET 192.168.1.10:6443/api/v1/nodes/w1");
  }

  @ParameterizedTest
  @CsvSource({
    "*192.168.1.10:6443/readyz, 'Kubernetes is ready at VIP (https://192.168.1.10:6443/readyz);"
        + " last: HTTP 244'",
    "*192.168.1.12:6443/readyz, 'Kubernetes is ready at cp2 (https://192.168.1.12:6443/readyz);"
        + " last: HTTP 244'",
    "*/nodes/w1, 'w1 is a node of the cluster; last: HTTP 244'"
  })
  void whatIsMissingIsNamed(String request, String what) {
    var ended =
        new ScriptRun(
                folder,
                "kubernetes() { case $1 in %s) return 44 ;; esac; return 99; }".formatted(request))
            .with("MACHINES", MACHINES)
            .with("READY", "1")
            .run("ready");

    assertThat(ended.stderr()).endsWith("ready: waited 1 s until " + what + "\n");
  }

  @ParameterizedTest
  @MethodSource("starbase.talos.ScriptRun#tools")
  void aMissingToolEndsTheWaitBeforeItBegins(String tool) {
    var ended = new ScriptRun(folder, "").withoutTool(tool).run("ready");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.stderr()).startsWith("ready: missing on PATH:\n  " + tool + ": ");
    assertThat(ended.calls()).isEmpty();
  }

  @Test
  void aControlPlaneWhoseHostIsDownIsNotAsked() {
    var ended =
        new ScriptRun(folder, "").with("MACHINES", MACHINES).with("ABSENT", "cp2").run("ready");

    assertThat(ended.stdout()).isEqualTo("ready\n");
    assertThat(ended.stderr()).isEqualTo("cp2 is skipped: its host does not answer\n");
    assertThat(ended.calls())
        .contains("curl GET 192.168.1.11:6443/readyz", "curl GET 192.168.1.13:6443/readyz")
        .doesNotContain("curl GET 192.168.1.12:6443/readyz");
  }

  @Test
  void aControlPlaneThatOnlyLearnsIsNoMemberYet() {
    var ended =
        new ScriptRun(
                folder,
                """
                talos() {
                  case $1 in
                    *members) printf 'NODE ID HOSTNAME PEER CLIENT LEARNER\\n1 a1 cp1 u u false\\n1 a2 cp2 u u false\\n1 a3 cp3 u u true\\n'; return 0 ;;
                  esac
                  return 99
                }
                """)
            .with("MACHINES", MACHINES)
            .with("READY", "1")
            .run("ready");

    assertThat(ended.stderr())
        .endsWith(
            "ready: waited 1 s until etcd has every control plane as a member; last: cp3 is not a"
                + " full member of cp1 cp2 cp3\n");
  }
}
