package starbase.talos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** talos.sh bootstrap, with a stand-in for talosctl: never a second cluster. */
class BootstrapTest {
  private static final String ONE_SILENT =
      """
      case "$1" in
        *"--nodes 192.168.1.12 ls"*) echo "error: rpc error: code = Unavailable desc = refused" >&2; return 1 ;;
      """;

  @TempDir private Path folder;

  private ScriptRun bootstrap(String answers) {
    return new ScriptRun(folder, answers).of("cp1", "192.168.1.11", "controlplane");
  }

  private static boolean begins(String call) {
    return call.endsWith(" bootstrap");
  }

  @Test
  void everyControlPlaneIsAskedForDataBeforeOneBegins() {
    var ended = bootstrap("").run("bootstrap");

    assertThat(ended.stdout()).isEqualTo("bootstrapped\n");
    assertThat(ended.calls().subList(1, ended.calls().size()))
        .containsExactly(
            "talosctl --endpoints 192.168.1.11 --nodes 192.168.1.11 ls /var/lib/etcd",
            "talosctl --endpoints 192.168.1.12 --nodes 192.168.1.12 ls /var/lib/etcd",
            "talosctl --endpoints 192.168.1.13 --nodes 192.168.1.13 ls /var/lib/etcd",
            "talosctl --endpoints 192.168.1.11 --nodes 192.168.1.11 bootstrap");
  }

  @Test
  void aFolderThatIsNotThereYetIsAnAnswer() {
    var ended =
        bootstrap(
                """
                talos() {
                  case "$1" in *" ls "*) echo "error: lstat /var/lib/etcd: no such file or directory" >&2; return 1 ;; esac
                  return 99
                }
                """)
            .run("bootstrap");

    assertThat(ended.stdout()).isEqualTo("bootstrapped\n");
  }

  @Test
  void dataOnAnyControlPlaneMeansThatTheClusterIsThere() {
    var ended =
        bootstrap(
                "talos() {\n"
                    + ONE_SILENT
                    + """
                        *"--nodes 192.168.1.13 ls"*) printf 'NODE   NAME\\n1   .\\n1   member\\n'; return 0 ;;
                      esac
                      return 99
                    }
                    """)
            .run("bootstrap");

    assertThat(ended.stdout()).isEqualTo("already bootstrapped: cp3 has etcd data\n");
    assertThat(ended.status()).isZero();
    assertThat(ended.calls()).noneMatch(BootstrapTest::begins);
  }

  @Test
  void aSilentControlPlaneBlocksItForItMayHaveTheData() {
    var ended =
        bootstrap("talos() {\n" + ONE_SILENT + "esac; return 99; }")
            .with("ANSWER", "1")
            .run("bootstrap");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.stderr())
        .endsWith(
            "bootstrap of cp1: waited 1 s until every control plane says whether it has etcd data"
                + " (none is started before); last: cp2 (192.168.1.12): error: rpc error: code ="
                + " Unavailable desc = refused\n");
    assertThat(ended.calls()).noneMatch(BootstrapTest::begins);
  }

  @Test
  void aMachineThatIsNotReadyForItIsAskedAgain() {
    var ended =
        bootstrap(
                """
                talos() {
                  case "$1" in
                    *" bootstrap") first 2 begun && { echo "error: rpc error: code = FailedPrecondition desc = time is not in sync yet" >&2; return 1; } ;;
                  esac
                  return 99
                }
                """)
            .run("bootstrap");

    assertThat(ended.stdout()).isEqualTo("bootstrapped\n");
    assertThat(ended.calls()).filteredOn(BootstrapTest::begins).hasSize(3);
  }

  @Test
  void anAnswerThatWasLostIsNoFailure() {
    var ended =
        bootstrap(
                """
                talos() {
                  case "$1" in
                    *" bootstrap")
                      first 1 begun && { echo "error: rpc error: code = Unavailable desc = connection reset by peer" >&2; return 1; }
                      echo "error: rpc error: code = AlreadyExists desc = etcd data directory is not empty" >&2
                      return 1 ;;
                  esac
                  return 99
                }
                """)
            .run("bootstrap");

    assertThat(ended.status()).isZero();
    assertThat(ended.stdout()).isEqualTo("bootstrapped\n");
  }

  @Test
  void whatNeverWorksIsNotTriedAgain() {
    var ended =
        bootstrap(
                """
                talos() {
                  case "$1" in *" bootstrap") echo "error: rpc error: code = PermissionDenied desc = not authorized" >&2; return 1 ;; esac
                  return 99
                }
                """)
            .run("bootstrap");

    assertThat(ended.stderr())
        .isEqualTo(
            "bootstrap of cp1: error: rpc error: code = PermissionDenied desc = not authorized\n");
  }
}
