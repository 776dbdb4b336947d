package starbase.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import starbase.stack.StackFile;
import starbase.tools.pullrequest.Preview;
import starbase.tools.pullrequest.Report;
import starbase.topology.Mermaid;
import starbase.topology.Topology;

/** Writes the comment on a pull request, from the engine's plan and the stack files. */
@Command(
    name = "pull-request-report",
    description =
        "Print what changes, as Markdown, from the JSON of `pulumi preview --json` on standard input"
            + " (nothing there: no preview was made); exit 1 if it can't be carried out.",
    mixinStandardHelpOptions = true)
final class PullRequestCommand implements Callable<Integer> {
  @Option(
      names = "--base",
      paramLabel = "NAME",
      required = true,
      description = "What the changes are against, as the comment shall name it.")
  private String base;

  @Parameters(index = "0", paramLabel = "BEFORE", description = "The base's stack file.")
  private Path before;

  @Parameters(index = "1", paramLabel = "AFTER", description = "The stack file as it would be.")
  private Path after;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets them
  PullRequestCommand() {}

  @Override
  public Integer call() {
    var plan = StackFile.read(after);
    var report =
        new Report(
            base,
            preview(),
            plan.checked().findings(),
            diagram(StackFile.read(before)),
            diagram(plan));
    spec.commandLine().getOut().print(report.markdown());
    spec.commandLine().getOut().flush();
    return report.fine() ? 0 : 1;
  }

  private static Optional<String> diagram(StackFile file) {
    var checked = file.checked();
    return checked
        .read()
        .map(lab -> Mermaid.of(Topology.of(lab, lab.askedAddresses()).marked(checked.findings())));
  }

  private static Preview preview() {
    try {
      var text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
      return text.isBlank() ? Preview.none() : Preview.of(new JsonMapper().readTree(text));
    } catch (JsonProcessingException e) {
      throw new RunException(
          "standard input is not JSON (%s); allowed: what pulumi preview --json prints"
              .formatted(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
