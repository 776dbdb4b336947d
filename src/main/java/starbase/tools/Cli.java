package starbase.tools;

import com.pulumi.exceptions.RunException;
import java.io.PrintWriter;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import starbase.Main;

/**
 * The entry point of the jar. Without arguments, as the engine starts it, it runs the Pulumi
 * program; otherwise it runs a command.
 */
@Command(
    name = "starbase",
    description = "Commands for a Starbase lab.",
    mixinStandardHelpOptions = true,
    subcommands = {
      CheckCommand.class,
      TopologyCommand.class,
      DriftCommand.class,
      DoctorCommand.class,
      PullRequestCommand.class,
      StatusCommand.class
    })
public final class Cli {
  private Cli() {}

  /**
   * @param arguments none, or a command with its arguments
   */
  public static void main(String[] arguments) {
    // Java's default logging would print every error a second time.
    LogManager.getLogManager().reset();
    if (arguments.length == 0) {
      Main.main(arguments);
    } else {
      System.exit(run(arguments));
    }
  }

  /**
   * Runs one command.
   *
   * @return the exit code: 0 if all is well, 1 if something is wrong, 2 for a wrong command line
   */
  private static int run(String... arguments) {
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
