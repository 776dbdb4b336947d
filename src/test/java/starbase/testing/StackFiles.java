package starbase.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The stack files of the clone, which people edit, and those of the tests, which do not change with
 * such an edit.
 *
 * <p>Both pin the same versions: renovate.json matches both, so Renovate raises them in one pull
 * request. If a person raises a version in one of them only, a test fails, because the built
 * programs and the kept definitions have one version.
 */
public final class StackFiles {
  private static final Path CLONE = Path.of("");
  private static final Path TESTS = Path.of("src/test/resources/labs");

  private StackFiles() {}

  /** The tests' file of a stack, {@code lab} or {@code idp}. */
  public static Path of(String stack) {
    return TESTS.resolve("Pulumi.%s.yaml".formatted(stack));
  }

  /** The files of the clone. People edit them, so tests must not depend on their values. */
  public static List<Path> ofTheClone() {
    return in(CLONE);
  }

  /** The files of the tests. */
  public static List<Path> ofTheTests() {
    return in(TESTS);
  }

  /** The files of the clone and of the tests. */
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
