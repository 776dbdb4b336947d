package starbase.talos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** talos.sh drift, with a stand-in for talosctl: what it makes of Talos' comparison. */
class DriftTest {
  @TempDir private Path folder;

  private ScriptRun drift(String answer) {
    return new ScriptRun(
            folder,
            """
            talos() {
              case "$1" in
                *" apply-config "*" --dry-run") %s ;;
                *) return 99 ;;
              esac
            }
            """
                .formatted(answer))
        .of("w1", "192.168.1.21", "worker")
        .with("PATCH_1", "machine: {}\n");
  }

  @Test
  void aMachineThatLivesByThePlanSaysNothing() {
    var ended = drift("echo 'Config diff:' >&2; echo 'No changes.' >&2").run("drift");

    assertThat(ended.status()).isZero();
    assertThat(ended.stdout()).isEmpty();
  }

  @Test
  void aChangedConfigIsShownWithoutItsKeysAndEndsWithTwo() {
    var ended =
        drift(
                "printf '%s\\n' '--- a' '+++ b' ' machine:' '-  time: a' '+  time: b'"
                    + " '-  token: TOP-SECRET' >&2")
            .run("drift");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.stdout())
        .isEqualTo(
            """
            w1 (192.168.1.21): its machine config differs from the plan:
              -  time: a
              +  time: b
            """);
  }

  @Test
  void aMachineThatDoesNotAnswerIsNotCalledChanged() {
    var ended = drift("echo 'error: no route to host' >&2; return 1").run("drift");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.stderr())
        .contains("192.168.1.21 does not say how its config differs: error: no route to host");
  }
}
