package starbase.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The stack files of the clone, which people edit, and those of the tests, which such an edit
 * leaves as they are.
 *
 * <p>Both pin the same versions: Renovate raises them in one pull request, as renovate.json matches
 * both. A version that is raised by hand in one of them only fails a test: the built programs and
 * the kept definitions are of one version.
 */
public final class StackFiles {
  private static final Path CLONE = Path.of("");
  private static final Path TESTS = Path.of("src/test/resources/labs");

  private StackFiles() {}

  /** The tests' file of a stack, {@code lab} or {@code idp}. */
  public static Path of(String stack) {
    return TESTS.resolve("Pulumi.%s.yaml".formatted(stack));
  }

  /** The files of the clone. Tests assume nothing about them that a person may change. */
  public static List<Path> ofTheClone() {
    return in(CLONE);
  }

  /** The files of the tests. */
  public static List<Path> ofTheTests() {
    return in(TESTS);
  }

  /** All of them. */
  public static List<Path> all() {
    return Stream.of(ofTheClone(), ofTheTests()).flatMap(List::stream).toList();
  }

  private static List<Path> in(Path folder) {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("Pulumi\\..+\\.yaml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
