package starbase.preflight;

import com.pulumi.exceptions.RunException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import starbase.findings.Finding;
import starbase.kubernetes.Version;

/**
 * Checks that the user's computer has the programs that the Talos steps (talos.sh) run on its PATH.
 */
public final class Desk {
  private static final String TALOS = "starbase:cluster.plan.talos";
  private static final Pattern VERSION = Pattern.compile("v\\d+\\.\\d+\\.\\d+\\S*");
  private static final List<String> OTHERS = List.of("bash", "curl", "openssl");

  private final String path;

  /**
   * @param environment of this program
   */
  public Desk(Map<String, String> environment) {
    this.path = environment.getOrDefault("PATH", "");
  }

  /**
   * @param wanted the version that machines shall run; machine configs are made by talosctl, and
   *     one of another minor version makes another config
   */
  List<Finding> findings(Version wanted) {
    var findings = new ArrayList<Finding>();
    find("talosctl")
        .ifPresentOrElse(
            found -> version(found, wanted).ifPresent(findings::add),
            () ->
                findings.add(
                    Finding.error(TALOS, "talosctl is not on the PATH").remedy(install(wanted))));
    OTHERS.stream()
        .filter(tool -> find(tool).isEmpty())
        .map(
            tool ->
                Finding.error(TALOS, tool + " is not on the PATH")
                    .remedy("apt-get install " + tool))
        .forEach(findings::add);
    return findings;
  }

  private static Optional<Finding> version(Path talosctl, Version wanted) {
    var said = run(talosctl.toString(), "version", "--client", "--short");
    var matcher = VERSION.matcher(said);
    if (!matcher.find() || !Version.isVersion(matcher.group())) {
      return Optional.of(
          Finding.error(TALOS, "%s does not print its version".formatted(talosctl))
              .remedy(install(wanted)));
    }
    var found = new Version(matcher.group());
    if (!found.line().equals(wanted.line())) {
      return Optional.of(
          Finding.error(
                  TALOS, "has another minor version than talosctl on the PATH, %s".formatted(found))
              .given(wanted)
              .remedy(install(wanted)));
    }
    if (found.compareTo(wanted) < 0) {
      return Optional.of(
          Finding.warning(TALOS, "is newer than talosctl on the PATH, %s".formatted(found))
              .given(wanted)
              .remedy(install(wanted)));
    }
    return Optional.empty();
  }

  private static String install(Version wanted) {
    var system = System.getProperty("os.name", "").startsWith("Mac") ? "darwin" : "linux";
    var processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return "sudo curl -fLo /usr/local/bin/talosctl https://github.com/siderolabs/talos/releases/download/%s/talosctl-%s-%s && sudo chmod +x /usr/local/bin/talosctl"
        .formatted(wanted.tag(), system, processor.matches("aarch64|arm64") ? "arm64" : "amd64");
  }

  private Optional<Path> find(String tool) {
    return Stream.of(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, tool))
        .filter(file -> Files.isExecutable(file) && Files.isRegularFile(file))
        .findFirst();
  }

  /** What a command prints; empty if it does not end in ten seconds. */
  private static String run(String... command) {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "";
      }
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException("interrupted while asking talosctl for its version");
    }
  }
}
