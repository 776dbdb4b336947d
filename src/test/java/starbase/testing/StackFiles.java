package starbase.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import starbase.stack.StackFile;

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
    return TESTS.resolve(StackFile.name(stack));
  }

  /** The files of the tests. */
  public static List<Path> ofTheTests() {
    return in(TESTS);
  }

  /** The files of the tests and of the clone. Tests must not depend on the values of the latter. */
  public static List<Path> all() {
    return Stream.of(CLONE, TESTS).flatMap(folder -> in(folder).stream()).toList();
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
