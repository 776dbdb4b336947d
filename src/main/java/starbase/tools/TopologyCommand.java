package starbase.tools;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import starbase.findings.InvalidConfig;
import starbase.stack.StackFile;
import starbase.tools.topology.Html;
import starbase.tools.topology.Markdown;
import starbase.tools.topology.Svg;
import starbase.topology.Mermaid;
import starbase.topology.Topology;

/**
 * Draws the lab of a stack file, as it is planned: no engine, cluster or network. A plan that does
 * not fit together is drawn too, with its problems marked.
 */
@Command(
    name = "topology",
    description = "Draw the lab of a stack file, from clients to pods.",
    mixinStandardHelpOptions = true)
final class TopologyCommand implements Callable<Integer> {
  private static final Map<String, BiFunction<Topology, String, String>> FORMATS =
      Map.of("html", Html::of, "svg", Svg::of, "md", Markdown::of);

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "A file that ends in .html, .svg or .md; default: Mermaid, printed.")
  private @Nullable Path output;

  @Parameters(
      arity = "0..1",
      paramLabel = "STACKFILE",
      defaultValue = "${sys:starbase.stack:-Pulumi.lab.yaml}",
      description = "Default: ${DEFAULT-VALUE}.")
  private Path stackFile;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets them
  TopologyCommand() {}

  @Override
  public Integer call() {
    var checked = StackFile.read(stackFile).checked();
    var lab = checked.read().orElseThrow(() -> new InvalidConfig(checked.findings()));
    var topology = Topology.of(lab, lab.askedAddresses()).marked(checked.findings());
    if (output == null) {
      spec.commandLine().getOut().print(Mermaid.of(topology));
      spec.commandLine().getOut().flush();
    } else {
      write(output, format(output).apply(topology, "The lab of " + stackFile.getFileName()));
      spec.commandLine().getOut().println(output + ": written");
    }
    return 0;
  }

  private static BiFunction<Topology, String, String> format(Path file) {
    var name = file.toString();
    return Optional.ofNullable(FORMATS.get(name.substring(name.lastIndexOf('.') + 1)))
        .orElseThrow(
            () ->
                new RunException(
                    "%s: not a supported picture format; allowed: a name that ends in .html, .svg or .md"
                        .formatted(file)));
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text, UTF_8);
    } catch (IOException e) {
      throw new RunException("%s: cannot be written: %s".formatted(file, e));
    }
  }
}
