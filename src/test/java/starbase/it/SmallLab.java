package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import starbase.LowerLayers;

/**
 * The lab of small stacks, one for all IT classes that ask for it: simulated hosts, on which no
 * machine is when a class begins. What goes wrong on hosts and machines can be tried there in
 * seconds, with {@link LowerLayers} for a program.
 */
final class SmallLab extends Shared<SmallLab.Running> {

  SmallLab() {
    super(Running.class, Running::start);
  }

  /** The running lab. */
  record Running(Project project, Simulator simulator) implements AutoCloseable {

    private static final String PROGRAM = "target/lower-layers.jar";

    private static Running start() {
      var project = Project.fresh("small-lab");
      project.lab("down").succeeded(); // what a killed run left
      writeProgram(project.folder().resolve(PROGRAM));
      project.run(PROGRAM);
      project.configure(SmallStack.onEachHost());
      assertThat(project.lab("start").succeeded().out()).contains("lab ready");
      return new Running(project, new Simulator(project));
    }

    /** Brings a stack up: by the engine alone, as the report after ./lab up asks for Gateways. */
    Outcome up(SmallStack stack, String... options) {
      return startUp(stack, options).await();
    }

    /** Begins to bring a stack up. */
    Command startUp(SmallStack stack, String... options) {
      project.configure(stack.text());
      return project.startLab(
          Stream.concat(Stream.of("pulumi", "up", "--yes", "--skip-preview"), Stream.of(options))
              .toArray(String[]::new));
    }

    /** Brings a stack up on a terminal, where the engine draws its interactive display. */
    Outcome upOnTerminal(SmallStack stack) {
      project.configure(stack.text());
      return Command.run(
          project.folder(),
          Map.of("TERM", "xterm-256color"),
          List.of(
              "script",
              "--quiet",
              "--return",
              "--command",
              "stty rows 40 cols 120 && exec ./lab pulumi up --yes --skip-preview",
              "/dev/null"));
    }

    /** Destroys what there is. */
    Outcome destroy() {
      simulator.clear();
      return project.lab("destroy");
    }

    @Override
    public void close() {
      project.lab("down").succeeded();
    }

    /** A jar without classes, which names where they are. */
    static void writeProgram(Path jar) {
      var manifest = new Manifest();
      var main = manifest.getMainAttributes();
      main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
      main.put(Attributes.Name.MAIN_CLASS, LowerLayers.class.getName());
      main.put(Attributes.Name.CLASS_PATH, classPath());
      main.putValue("Enable-Native-Access", "ALL-UNNAMED"); // as the program's own jar
      try {
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String classPath() {
      var target = Path.of("target").toAbsolutePath();
      try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
        return Stream.concat(
                Stream.of(target.resolve("test-classes"), target.resolve("classes")), libraries)
            .map(file -> file.toUri().toString())
            .collect(Collectors.joining(" "));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
