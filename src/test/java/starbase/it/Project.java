package starbase.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import starbase.stack.StackFile;
import starbase.testing.StackFiles;

/**
 * A second clone as far as {@code ./lab} can tell: the working tree's files by links, and the stack
 * files of the tests, copied, so that a test may change them. Its labs are its own too, so a test
 * never touches the lab that somebody works with.
 */
record Project(Path folder, Map<String, String> environment, String stack) implements LabScript {

  private static final Path CLONE = Path.of("").toAbsolutePath();
  private static final List<String> LINKED =
      List.of(
          "lab",
          "toolchain",
          "virtual",
          "pom.xml",
          "src",
          "components",
          "sdks",
          "Pulumi.yaml",
          "target/starbase.jar",
          "target/lib");

  /** Makes a project below {@code target/it}, from the working tree as it is now. */
  static Project fresh(String name) {
    return in(CLONE.resolve("target/it").resolve(name), Map.of());
  }

  /** Makes a project in a folder of the caller's choice, whose commands see these variables too. */
  static Project in(Path folder, Map<String, String> environment) {
    try {
      Files.createDirectories(folder.resolve("target"));
      for (var file : LINKED) {
        var link = folder.resolve(file);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, CLONE.resolve(file));
      }
      for (var file : StackFiles.ofTheTests()) {
        Files.writeString(folder.resolve(file.getFileName()), Files.readString(file));
      }
      return new Project(folder, environment, "lab");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same for another stack, whose lab is another. */
  Project of(String other) {
    return new Project(folder, environment, other);
  }

  /** The stack's file. */
  Path stackFile() {
    return folder.resolve(StackFile.name(stack));
  }

  /** Changes the stack file; a change that changes nothing is a mistake of the test. */
  void edit(UnaryOperator<String> change) {
    try {
      var before = Files.readString(stackFile());
      var after = change.apply(before);
      if (after.equals(before)) {
        throw new IllegalArgumentException(
            "the stack file has nothing of what the test wants to change");
      }
      Files.writeString(stackFile(), after);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the stack file anew. */
  void configure(String text) {
    try {
      Files.writeString(stackFile(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets Pulumi run another program than the lab's own: a jar, from the project's folder. */
  void run(String jar) {
    try {
      var project = folder.resolve("Pulumi.yaml");
      var own = Files.readString(project);
      Files.delete(project); // a link to the working tree's
      Files.writeString(project, own.replace("target/starbase.jar", jar));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Restores the tests' stack file. */
  void restore() {
    try {
      Files.writeString(stackFile(), Files.readString(StackFiles.of(stack)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Outcome lab(String... words) {
    return Command.run(folder, environment, labCommand(words));
  }

  /** Starts {@code ./lab} with these words. */
  Command startLab(String... words) {
    return Command.start(folder, environment, labCommand(words));
  }

  /** The stack {@code lab} is the one that nobody has to name. */
  private List<String> labCommand(String... words) {
    var named = stack.equals("lab") ? Stream.of("./lab") : Stream.of("./lab", "--stack", stack);
    return Stream.concat(named, Arrays.stream(words)).toList();
  }
}
