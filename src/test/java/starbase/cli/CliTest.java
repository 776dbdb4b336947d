package starbase.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int run(String... arguments) {
    return Cli.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  @Test
  void theLabsOwnStackFileIsFine() {
    assertThat(run("check", "Pulumi.lab.yaml")).isZero();
    assertThat(out)
        .hasToString("Pulumi.lab.yaml: ok, 2 gateways, 2 certificates, 3 applications\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aFileWithProblemsIsNamedWithAllOfThemAndTheOthersAreStillChecked() throws IOException {
    var wrong =
        Files.writeString(folder.resolve("Pulumi.wrong.yaml"), "config: {starbase:cluster: 1}\n");

    assertThat(run("check", wrong.toString(), "Pulumi.lab.yaml")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith(wrong + ": the configuration has 7 problems; nothing was changed:\n")
        .contains("\n  - starbase:cluster: 1 is not a map; allowed: keys with values below it\n");
    assertThat(out.toString()).startsWith("Pulumi.lab.yaml: ok");
  }

  @Test
  void anUnknownCommandIsAnErrorOfTheCommandLine() {
    assertThat(run("chekc")).isEqualTo(2);
    assertThat(err.toString()).contains("Did you mean: starbase check?");
  }
}
