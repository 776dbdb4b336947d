package starbase.tools.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A headless Chromium that looks at a page once.
 *
 * @param program where it is
 */
record Browser(Path program) {
  private static final int LIMIT_SECONDS = 180;
  private static final List<String> QUIET =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-dev-shm-usage",
          "--hide-scrollbars",
          "--window-size=1600,1000",
          "--enable-logging=stderr");

  /**
   * What a browser said to a page.
   *
   * @param out its standard output
   * @param console the lines that the page's console got
   */
  record Look(String out, List<String> console) {}

  static Browser installed() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(
            name ->
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Browser::new)
        .orElseThrow(() -> new AssertionError("no Chromium here; apt-get install chromium"));
  }

  /** The page's document after its scripts have run. */
  Look document(Path page, Path folder) throws IOException, InterruptedException {
    return look(page, folder, "--dump-dom");
  }

  /** A picture of the page, written to a file. */
  Look picture(Path page, Path png, Path folder) throws IOException, InterruptedException {
    return look(page, folder, "--screenshot=" + png);
  }

  private Look look(Path page, Path folder, String action)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(program.toString()));
    command.addAll(QUIET);
    command.add("--user-data-dir=" + Files.createTempDirectory(folder, "profile"));
    command.addAll(List.of(action, page.toUri().toString()));
    var out = Files.createTempFile(folder, "browser", ".out");
    var err = Files.createTempFile(folder, "browser", ".err");
    var process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError("Chromium did not look at the page:\n" + Files.readString(err));
    }
    return new Look(
        Files.readString(out, UTF_8),
        Files.readString(err, UTF_8).lines().filter(line -> line.contains(":CONSOLE")).toList());
  }
}
