package starbase.cli;

import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import starbase.LabConfig;
import starbase.StackConfig;

/** Checks stack files without engine, cluster or network. */
@Command(
    name = "check",
    description = "Check stack files; exit 1 if one has problems.",
    mixinStandardHelpOptions = true)
final class Check implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Default: every Pulumi.*.yaml here.")
  private List<Path> files = new ArrayList<>();

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  Check() {}

  @Override
  public Integer call() {
    int exit = 0;
    for (var file : files.isEmpty() ? here() : files) {
      try {
        spec.commandLine().getOut().println(file + ": ok, " + summary(StackConfig.ofFile(file)));
      } catch (RunException e) {
        spec.commandLine().getErr().println(file + ": " + e.getMessage());
        exit = 1;
      }
    }
    return exit;
  }

  private static String summary(LabConfig lab) {
    return "%d gateways, %d certificates, %d applications"
        .formatted(lab.gateways().size(), lab.certs().certificates().size(), lab.apps().size());
  }

  private static List<Path> here() {
    var found = new ArrayList<Path>();
    try (var stackFiles = Files.newDirectoryStream(Path.of(""), "Pulumi.*.yaml")) {
      stackFiles.forEach(found::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (found.isEmpty()) {
      throw new RunException("no stack file here; allowed: a folder with a Pulumi.*.yaml, or FILE");
    }
    return found.stream().sorted().toList();
  }
}
