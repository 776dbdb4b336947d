package starbase.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A clone and a cache of built parts that belong to a user without privileges. When the tests run
 * as root, that is user 65534 (nobody); else it is whoever runs them.
 *
 * @param folder holds clone, cache and home
 * @param id the user's number
 */
record Unprivileged(Path folder, String id) implements LabScript, AutoCloseable {

  private static final Path CLONE = Path.of("").toAbsolutePath();

  /** What a clone has of the program. */
  static final List<String> SOURCES =
      List.of(
          ".mvn", "pom.xml", "src/main", "components", "sdks", "Pulumi.yaml", "Pulumi.lab.yaml");

  private static final List<String> COPIED =
      Stream.concat(
              SOURCES.stream(),
              Stream.of("lab", "toolchain", "virtual", "target/starbase.jar", "target/lib"))
          .toList();
  private static final List<String> BUILT = List.of("parts", "modules", "toolchain", "lab");

  /** Makes them, with a stack file that differs from the working tree's. */
  static Unprivileged create(UnaryOperator<String> stackFile) {
    try {
      var id = output("id", "-u");
      var it =
          new Unprivileged(
              Files.createTempDirectory("starbase-it-"), id.equals("0") ? "65534" : id);
      Files.setPosixFilePermissions(it.folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      for (var file : COPIED) {
        copy(CLONE.resolve(file), it.project().resolve(file));
      }
      var file = it.project().resolve("Pulumi.lab.yaml");
      Files.writeString(file, stackFile.apply(Files.readString(file)));
      var cache = Path.of(System.getenv("STARBASE_CACHE"));
      for (var part : BUILT) {
        copy(cache.resolve(part), it.folder.resolve("cache").resolve(part));
      }
      it.own();
      return it;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives all below the folder to the user. */
  void own() {
    output("chown", "-R", id, folder.toString());
  }

  @Override
  public Outcome lab(String... words) {
    return startLab(words).await();
  }

  Command startLab(String... words) {
    var command = new ArrayList<String>();
    if (!id.equals(output("id", "-u"))) {
      command.addAll(List.of("setpriv", "--reuid", id, "--regid", id, "--clear-groups"));
    }
    command.addAll(List.of("./lab"));
    command.addAll(List.of(words));
    var environment =
        Map.of(
            "HOME",
            folder.resolve("home").toString(),
            "STARBASE_CACHE",
            folder.resolve("cache").toString(),
            "XDG_CACHE_HOME",
            "");
    return Command.start(project(), environment, command);
  }

  /** Command lines of processes that still come from this folder. */
  List<String> processes() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.flatMap(p -> p.info().commandLine().stream())
          .filter(line -> line.contains(folder.toString()))
          .toList();
    }
  }

  /** Folders of labs in the cache. */
  List<Path> labFolders() throws IOException {
    try (Stream<Path> labs = Files.list(folder.resolve("cache/labs"))) {
      return labs.filter(Files::isDirectory).toList();
    }
  }

  @Override
  public void close() {
    lab("down").succeeded();
    output("rm", "-rf", folder.toString());
  }

  private Path project() {
    return folder.resolve("clone");
  }

  /** Copies a file or folder with its times, which tell a stale jar from a fresh one. */
  static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    output(
        "cp",
        "--recursive",
        "--dereference",
        "--preserve=timestamps,mode",
        from.toString(),
        to.toString());
  }

  private static String output(String... command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new AssertionError("%s failed: %s".formatted(String.join(" ", command), said));
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
