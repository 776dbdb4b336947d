package starbase.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import starbase.testing.StackFiles;

class TopologyCommandTest {
  private static final String LAB = StackFiles.of("lab").toString();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int run(String... arguments) {
    return Cli.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  @Test
  void withoutAFileTheDiagramIsPrinted() {
    assertThat(run("topology", LAB)).isZero();
    assertThat(out.toString()).startsWith("flowchart LR\n  subgraph clients\n");
  }

  @Test
  void theFilesEndingSaysWhatIsDrawn() throws IOException {
    var html = folder.resolve("lab.html");
    var svg = folder.resolve("lab.svg");
    var markdown = folder.resolve("lab.md");
    for (var file : new Path[] {html, svg, markdown}) {
      assertThat(run("topology", "-o", file.toString(), LAB)).isZero();
    }

    assertThat(Files.readString(html)).startsWith("<!DOCTYPE html>");
    assertThat(Files.readString(svg)).startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"");
    assertThat(Files.readString(markdown)).startsWith("# The lab of Pulumi.lab.yaml\n");
    assertThat(out.toString())
        .isEqualTo("%s: written\n%s: written\n%s: written\n".formatted(html, svg, markdown));
  }

  /**
   * Drawn anew by {@code ./lab topology -o docs/lab.svg src/test/resources/labs/Pulumi.lab.yaml}.
   */
  @Test
  void theReadmesPictureIsThatOfTheTestsStackFile() throws IOException {
    var now = folder.resolve("lab.svg");
    assertThat(run("topology", "-o", now.toString(), LAB)).isZero();
    assertThat(Path.of("docs", "lab.svg")).hasSameTextualContentAs(now);
  }

  @Test
  void anotherEndingIsRefused() {
    assertThat(run("topology", "-o", "lab.pdf")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(
            "lab.pdf: not a supported picture format; allowed: a name that ends in .html, .svg or .md\n");
  }

  @Test
  void aPlanThatDoesNotFitIsDrawnWithItsProblemsMarked() throws IOException {
    var plan =
        Files.readString(StackFiles.of("lab"))
            .replace("- app.starbasestudio.uk", "- app.other.example");
    var wrong = Files.writeString(folder.resolve("Pulumi.wrong.yaml"), plan);

    assertThat(run("topology", wrong.toString())).isZero();
    assertThat(out.toString())
        .contains(
            "[\"app-x<br>app.other.example<br>⚠ does not match listener https of gateway-external, which is for")
        .containsOnlyOnce("]:::problem");
  }

  @Test
  void aFileThatCannotBeReadAsALabIsNotDrawn() throws IOException {
    var wrong =
        Files.writeString(folder.resolve("Pulumi.wrong.yaml"), "config: {starbase:cluster: 1}\n");

    assertThat(run("topology", wrong.toString())).isEqualTo(1);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("starbase:cluster: 1 is not a map");
  }
}
