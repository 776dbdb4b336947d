package starbase.cli;

import com.pulumi.exceptions.RunException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of the jar. */
@Command(
    name = "starbase",
    description = "What people do with a lab.",
    mixinStandardHelpOptions = true,
    subcommands = {
      Check.class,
      Draw.class,
      Drift.class,
      Examine.class,
      PullRequestReport.class,
      Status.class
    })
public final class Cli {
  private Cli() {}

  /**
   * Runs one command.
   *
   * @return the exit code: 0 if all is well, 1 if something is wrong, 2 for a wrong command line
   */
  public static int run(String... arguments) {
    return run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments);
  }

  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new Cli())
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(
            (exception, command, parsed) -> {
              if (exception instanceof RunException) {
                command.getErr().println(exception.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
              }
              throw exception;
            })
        .execute(arguments);
  }
}
