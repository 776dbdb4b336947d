package starbase.talos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The steps of talos.sh that print a secret: on one line, that only the program reads. */
class AccessStepsTest {
  private static final String KEY = "00112233445566778899aabbccddeeff";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "secrets, secret: TOP-SECRET",
    "talosconfig, made",
    "kubeconfig, client-key-data: VE9QLVNFQ1JFVCBjbGllbnQta2V5LWRhdGE="
  })
  void aSecretIsPrintedForTheProgramOnly(String verb, String secret) {
    var run =
        new ScriptRun(folder, "")
            .of("cp1", "192.168.1.11", "controlplane")
            .stdin(verb.equals("secrets") ? KEY : KEY + "\nsecret: TOP-SECRET\n");
    var ended = run.run(verb);

    assertThat(ended.stderr()).isEmpty();
    assertThat(ended.stdout().lines()).hasSize(1);
    assertThat(ended.stdout())
        .as("without control sequences of the engine's display")
        .matches("encrypted output: [\\w+/=]+\n");
    assertThat(EncryptedOutput.open(ended.stdout(), KEY)).contains(secret);
    assertThat(run.seen()).doesNotContain("TOP-SECRET", KEY);
    assertThat(run.scratch()).noneMatch(Files::exists);
  }

  @Test
  void aBundleThatTalosctlDoesNotReadIsToldWithoutAWordOfIt() {
    var run =
        new ScriptRun(
                folder,
                """
                talos() {
                  case "$1" in "gen config"*) echo "error: cannot unmarshal TOP-SECRET" >&2; return 1 ;; esac
                  return 99
                }
                """)
            .stdin(KEY + "\nTOP-SECRET\n");
    var ended = run.run("talosconfig");

    assertThat(ended.stderr())
        .isEqualTo(
            "talosconfig: talosctl makes no talosconfig of this secrets bundle: is it one that"
                + " talosctl gen secrets wrote?\n");
  }

  @ParameterizedTest
  @CsvSource({"secrets, no key on standard input", "ready, no secrets bundle on standard input"})
  void aStepThatIsHandedNothingSaysSo(String verb, String why) {
    var ended = new ScriptRun(folder, "").stdin("").run(verb);

    assertThat(ended.stderr()).isEqualTo(verb + ": " + why + "\n");
  }
}
