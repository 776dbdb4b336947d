package starbase.tools;

import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import starbase.findings.Finding;
import starbase.findings.Severity;
import starbase.findings.Summary;
import starbase.stack.LabConfig;
import starbase.stack.StackFile;

/** Checks stack files without engine, cluster or network. */
@Command(
    name = "check",
    description = "Check stack files; exit 1 if one has problems.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Default: every Pulumi.*.yaml here.")
  private List<Path> files = new ArrayList<>();

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  CheckCommand() {}

  @Override
  public Integer call() {
    int exit = 0;
    for (var file : files.isEmpty() ? here() : files) {
      try {
        exit = Math.max(exit, check(file));
      } catch (RunException e) {
        spec.commandLine().getErr().println(e.getMessage());
        exit = 1;
      }
    }
    return exit;
  }

  private int check(Path file) {
    var read = StackFile.read(file);
    var findings = read.checked().findings();
    long errors = findings.stream().filter(each -> each.severity() == Severity.ERROR).count();
    if (errors > 0) {
      spec.commandLine().getErr().println(file + ": " + Summary.of(findings));
    } else {
      spec.commandLine()
          .getOut()
          .println(file + ": ok, " + summary(read.checked().lab(), findings.size()));
    }
    var inOrder =
        findings.stream()
            .sorted(
                Comparator.comparing(Finding::severity)
                    .thenComparing(each -> read.line(each).orElse(0)))
            .toList();
    Summary.together(inOrder).stream()
        .map(each -> "  " + read.place(file.toString(), each) + each)
        .forEach(spec.commandLine().getErr()::println);
    return errors > 0 ? 1 : 0;
  }

  private static String summary(LabConfig lab, int warnings) {
    return "%s, %s, %s%s"
        .formatted(
            Summary.counted(lab.gateways().size(), "gateway"),
            Summary.counted(lab.certs().certificates().size(), "certificate"),
            Summary.counted(lab.apps().size(), "application"),
            warnings == 0 ? "" : "; " + Summary.counted(warnings, "warning"));
  }

  private static List<Path> here() {
    var found = new ArrayList<Path>();
    try (var stackFiles = Files.newDirectoryStream(Path.of(""), "Pulumi.*.yaml")) {
      stackFiles.forEach(found::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (found.isEmpty()) {
      throw new RunException(
          "there is no stack file here; allowed: a folder with a Pulumi.*.yaml, or FILE");
    }
    return found.stream().sorted().toList();
  }
}
