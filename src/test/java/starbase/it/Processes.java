package starbase.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Looks at all processes of a lab again and again, as {@code ps} and {@code top} show them to
 * anybody on the machine. What lives shorter than from one look to the next may not be seen.
 */
final class Processes implements AutoCloseable {

  /** A look takes some milliseconds. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** More than the lab needs to start its first process on a slow machine. */
  private static final Duration START = Duration.ofMinutes(10);

  private static final long PAGE = 4096;

  /**
   * What was seen.
   *
   * @param peak the most memory that they held together, in bytes: the sum of resident sizes, so a
   *     library that three of them share counts three times
   * @param commands command lines
   */
  record Seen(long peak, Set<String> commands) {}

  private final String namespace;
  private final Set<String> commands = new TreeSet<>();
  private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor();
  private long peak;

  private Processes(String namespace) {
    this.namespace = namespace;
  }

  /** Begins to look as soon as the lab that a command starts is there. */
  static Processes watch(Project project, Command starting) {
    var processes = new Processes(namespace(project, starting));
    processes.looking.scheduleWithFixedDelay(
        processes::look, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    return processes;
  }

  /** What was seen so far. */
  synchronized Seen seen() {
    return new Seen(peak, Set.copyOf(commands));
  }

  /** The name that the kernel has for the lab's process namespace, inside and outside. */
  private static String namespace(Project project, Command starting) {
    var name = new String[1];
    Wait.until(
        "the lab runs commands",
        START,
        () -> {
          var asked = project.exec("readlink", "/proc/self/ns/pid");
          name[0] = asked.out().strip();
          return asked.exitCode() == 0 || !starting.process().isAlive();
        },
        starting::said);
    return name[0];
  }

  private synchronized void look() {
    long pages = 0;
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      for (var process : all.filter(Processes::isProcess).toList()) {
        try {
          if (namespace.equals(Files.readSymbolicLink(process.resolve("ns/pid")).toString())) {
            pages += Long.parseLong(read(process, "statm").split(" ")[1]); // proc_pid_statm(5)
            commands.add(read(process, "cmdline").replace('\0', ' ').strip());
          }
        } catch (IOException e) {
          continue; // it has ended, or is none of ours to look into
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("this machine has no /proc", e);
    }
    peak = Math.max(peak, pages * PAGE);
  }

  private static boolean isProcess(Path file) {
    return file.getFileName().toString().chars().allMatch(Character::isDigit);
  }

  private static String read(Path process, String file) throws IOException {
    return Files.readString(process.resolve(file), ISO_8859_1);
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
