package starbase.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A running command whose outputs go to files, so that none of them can block it. */
record Command(String words, Process process, Path out, Path err, Instant started) {

  /**
   * More than any command here takes on a slow machine; past it the command is ended and the test
   * fails.
   */
  private static final Duration LIMIT = Duration.ofMinutes(12);

  static Outcome run(Path folder, Map<String, String> environment, List<String> words) {
    return start(folder, environment, words).await();
  }

  static Command start(Path folder, Map<String, String> environment, List<String> words) {
    try {
      var out = Files.createTempFile("starbase-it-", ".out");
      var err = Files.createTempFile("starbase-it-", ".err");
      var builder = new ProcessBuilder(words).directory(folder.toFile());
      builder.environment().putAll(environment);
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.redirectInput(Path.of("/dev/null").toFile());
      return new Command(String.join(" ", words), builder.start(), out, err, Instant.now());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the end. */
  Outcome await() {
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroy();
        throw new AssertionError("%s did not end within %s%n%s".formatted(words, LIMIT, said()));
      }
      var outcome =
          new Outcome(
              words,
              process.exitValue(),
              Files.readString(out, UTF_8),
              Files.readString(err, UTF_8),
              Duration.between(started, Instant.now()));
      Files.delete(out);
      Files.delete(err);
      return outcome;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + words, e);
    }
  }

  /** What the command has said so far. */
  String said() {
    try {
      return Files.readString(out, UTF_8) + Files.readString(err, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
