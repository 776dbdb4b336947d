package starbase.talos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * talos.sh apply, with a stand-in for talosctl: what it asks for, and what it makes of the answers.
 */
class ApplyTest {
  private static final String CP1 = "--endpoints 192.168.1.11 --nodes 192.168.1.11";

  @TempDir private Path folder;

  private ScriptRun apply(String answers) {
    return new ScriptRun(folder, answers)
        .of("cp1", "192.168.1.11", "controlplane")
        .with("PATCH_1", "machine: {}\n");
  }

  @Test
  void aConfiguredMachineGetsAChangedConfigFromItsAdmin() {
    var ended = apply("").run("apply");

    assertThat(ended.stdout()).isEqualTo("configured\n");
    assertThat(ended.status()).isZero();
    assertThat(ended.calls())
        .containsExactly(
            "talosctl gen config lab https://192.168.1.10:6443 --with-secrets SCRATCH/secrets.yaml"
                + " --with-docs=false --with-examples=false --talos-version v1.13"
                + " --kubernetes-version 1.36.4 --output-types talosconfig --output"
                + " SCRATCH/talosconfig --force",
            "talosctl version --client --short",
            "talosctl gen config lab https://192.168.1.10:6443 --with-secrets SCRATCH/secrets.yaml"
                + " --with-docs=false --with-examples=false --talos-version v1.13"
                + " --kubernetes-version 1.36.4 --output-types controlplane --output"
                + " SCRATCH/controlplane --force",
            "talosctl machineconfig patch SCRATCH/controlplane --patch @SCRATCH/patch-1.yaml"
                + " --output SCRATCH/machine.yaml",
            "talosctl validate --config SCRATCH/machine.yaml --mode cloud --strict",
            "talosctl %s read /proc/sys/kernel/random/boot_id".formatted(CP1),
            "talosctl %s apply-config --file SCRATCH/machine.yaml --mode auto".formatted(CP1),
            "talosctl %s read /proc/sys/kernel/random/boot_id".formatted(CP1));
  }

  @Test
  void aNewMachineGetsItInMaintenanceAndIsWaitedFor() {
    var ended =
        apply(
                """
                talos() {
                  case "$1" in
                    *boot_id) first 2 boot && { echo "error: rpc error: code = Unavailable desc = certificate signed by unknown authority" >&2; return 1; } ;;
                    "apply-config --insecure "*) return 0 ;;
                  esac
                  return 99
                }
                """)
            .run("apply");

    assertThat(ended.stdout()).isEqualTo("configured\n");
    assertThat(ended.calls())
        .endsWith(
            "talosctl %s read /proc/sys/kernel/random/boot_id".formatted(CP1),
            "talosctl apply-config --insecure --nodes 192.168.1.11 --file SCRATCH/machine.yaml",
            "talosctl %s read /proc/sys/kernel/random/boot_id".formatted(CP1),
            "talosctl %s read /proc/sys/kernel/random/boot_id".formatted(CP1));
  }

  @Test
  void aMachineThatRebootsForItIsWaitedForUntilItIsBackInEtcd() {
    var ended =
        apply(
                """
                talos() {
                  case "$1" in
                    *" apply-config "*) echo "Applied configuration with a reboot: disk" >&2; return 0 ;;
                    *boot_id) first 3 boot || echo another; return 0 ;;
                  esac
                  return 99
                }
                """)
            .run("apply");

    assertThat(ended.stdout()).isEqualTo("configured, with a reboot\n");
    assertThat(ended.stderr()).contains("it has not rebooted yet");
    assertThat(ended.calls()).last().asString().endsWith("etcd members");
  }

  @Test
  void aMachineThatNeverAnswersEndsTheStepWithWhatItWaitedForAndTheLastAnswers() {
    var ended =
        apply(
                """
                talos() {
                  case "$1" in
                    *boot_id) echo "error: rpc error: code = Unavailable desc = connection refused" >&2; return 1 ;;
                    "apply-config --insecure "*) echo "error: rpc error: code = Unavailable desc = no route" >&2; return 1 ;;
                  esac
                  return 99
                }
                """)
            .with("ANSWER", "2")
            .run("apply");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.stderr().lines())
        .containsExactly(
            "waiting until cp1 (192.168.1.11) takes its config: as the admin: error: rpc error:"
                + " code = Unavailable desc = connection refused; in maintenance: error: rpc error:"
                + " code = Unavailable desc = no route",
            "apply of cp1: waited 2 s until cp1 (192.168.1.11) takes its config; last: as the"
                + " admin: error: rpc error: code = Unavailable desc = connection refused; in"
                + " maintenance: error: rpc error: code = Unavailable desc = no route");
  }

  @Test
  void aConfigThatTheMachineRefusesIsNotTriedAgain() {
    var ended =
        apply(
                """
                talos() {
                  case "$1" in
                    *" apply-config "*) echo "error: rpc error: code = InvalidArgument desc = no such disk" >&2; return 1 ;;
                  esac
                  return 99
                }
                """)
            .run("apply");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.stderr())
        .isEqualTo(
            "apply of cp1: 192.168.1.11 refuses the config: error: rpc error: code ="
                + " InvalidArgument desc = no such disk\n");
  }

  @Test
  void aPatchThatDoesNotFitIsToldBeforeAnyMachineIsAsked() {
    var ended =
        apply(
                """
                talos() {
                  case "$1" in
                    "machineconfig patch "*) echo "error: unknown keys found during decoding: machine.kubelett" >&2; return 1 ;;
                  esac
                  return 99
                }
                """)
            .run("apply");

    assertThat(ended.stderr())
        .isEqualTo(
            "apply of cp1: the patches don't fit: error: unknown keys found during decoding:"
                + " machine.kubelett\n");
    assertThat(ended.calls()).noneMatch(call -> call.contains("--nodes"));
  }

  @Test
  void aTalosctlOfAnotherMinorIsRefusedBecauseItWouldMakeAnotherConfig() {
    var ended =
        apply(
                """
                talos() {
                  case "$1" in version*) printf 'Client:\\nTalos v1.12.4\\n'; return 0 ;; esac
                  return 99
                }
                """)
            .run("apply");

    assertThat(ended.stderr())
        .isEqualTo(
            "apply of cp1: talosctl on PATH is v1.12.4, and Talos shall be v1.13.0: get talosctl"
                + " v1.13.x from https://github.com/siderolabs/talos/releases/tag/v1.13.0\n");
  }

  /** By a signal, and as Pulumi does it: without one that the script could answer. */
  @ParameterizedTest
  @CsvSource({"true, 143", "false, 137"})
  void aStepThatIsCutOffLeavesNoSecretAndNoProcessBehind(boolean gently, int status)
      throws InterruptedException {
    var run =
        apply(
            """
            talos() {
              case "$1" in *boot_id) echo $$ >"$FAKE/asked"; exec sleep 30 ;; esac
              return 99
            }
            """);
    var asked = folder.resolve("asked");
    var process = run.start("apply");
    await(() -> asked.toFile().length() > 0);
    if (gently) {
      process.destroy();
    } else {
      process.destroyForcibly();
    }

    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(status);
    await(() -> run.scratch().stream().noneMatch(Files::exists));
    await(() -> ProcessHandle.of(number(asked)).isEmpty());
  }

  private static void await(BooleanSupplier done) throws InterruptedException {
    for (int i = 0; i < 200 && !done.getAsBoolean(); i++) {
      Thread.sleep(50);
    }
    assertThat(done.getAsBoolean()).isTrue();
  }

  private static long number(Path file) {
    try {
      return Long.parseLong(Files.readString(file).trim());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void nothingSecretIsSeenOrLeft() {
    var run = apply("");
    run.run("apply");

    assertThat(run.seen()).contains("apply-config").doesNotContain("TOP-SECRET");
    assertThat(run.scratch()).hasSize(1).noneMatch(Files::exists);
  }
}
