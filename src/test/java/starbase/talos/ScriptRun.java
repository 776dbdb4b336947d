package starbase.talos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One run of talos.sh with stand-ins for talosctl and curl. Its path has the tools that the script
 * looks for and no others, so a step that uses another one fails.
 */
final class ScriptRun {
  private static final Pattern SCRATCH = Pattern.compile("/[^ @]*/starbase-talos\\.[A-Za-z0-9]+");

  private static final List<String> STAND_INS = List.of("talosctl", "curl");

  private static final List<String> TOOLS =
      List.of(
          "awk", "cat", "dirname", "find", "grep", "head", "id", "mktemp", "openssl", "rm", "sed",
          "sleep", "sort", "tr", "uniq", "wc", "xargs");

  /** What the stand-ins use besides, and {@code echo}, which {@code xargs} runs. */
  private static final List<String> OTHERS = List.of("bash", "cut", "echo", "env");

  /** For answers: whether it is called for the Nth time or earlier, under that name. */
  private static final String NTH =
      """
      first() {
        echo >>"$FAKE/count-$2"
        [ "$(wc -l <"$FAKE/count-$2")" -le "$1" ]
      }
      """;

  private final Path folder;
  private final Map<String, String> environment =
      new TreeMap<>(
          Map.of(
              "CLUSTER", "lab",
              "ENDPOINT", "https://192.168.1.10:6443",
              "VIP", "192.168.1.10",
              "CONTROL_PLANES", "cp1=192.168.1.11 cp2=192.168.1.12 cp3=192.168.1.13",
              "TALOS", "v1.13.0",
              "KUBERNETES", "1.36.4",
              "INSTALLER", "factory.talos.dev/nocloud-installer/abc:v1.13.0",
              "PAUSE", "0.1",
              "GRACE", "0",
              "SILENCE", "1"));
  private String stdin = "secret: TOP-SECRET\n";

  /**
   * @param folder a new, empty one
   * @param answers bash functions: talos gets a call's arguments, kubernetes a method and an
   *     address; 99 leaves the answer to the stand-in
   */
  ScriptRun(Path folder, String answers) {
    this.folder = folder;
    write("answers", "talos() { return 99; }\nkubernetes() { return 99; }\n" + NTH + answers);
    write("calls", "");
    write("environments", "");
    for (var tool : STAND_INS) {
      executable(tool, resource(tool));
    }
    Stream.concat(TOOLS.stream(), OTHERS.stream())
        .forEach(tool -> executable(tool, handOver(tool)));
  }

  /** Every tool that the script looks for. */
  static List<String> tools() {
    return Stream.concat(STAND_INS.stream(), TOOLS.stream()).toList();
  }

  ScriptRun withoutTool(String name) {
    try {
      Files.delete(folder.resolve("bin").resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  ScriptRun with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  ScriptRun without(String name) {
    environment.remove(name);
    return this;
  }

  ScriptRun of(String name, String address, String role) {
    return with("NAME", name).with("ADDRESS", address).with("ROLE", role);
  }

  ScriptRun stdin(String text) {
    stdin = text;
    return this;
  }

  /** Runs the verb to its end. */
  Ended run(String verb) {
    var process = start(verb);
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(verb + " never ended: " + read("stderr"));
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return ended(process);
  }

  Process start(String verb) {
    write("stdin", stdin);
    var builder =
        new ProcessBuilder("bash", "components/starbase/talos/talos.sh", verb)
            .redirectInput(folder.resolve("stdin").toFile())
            .redirectOutput(folder.resolve("stdout").toFile())
            .redirectError(folder.resolve("stderr").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", folder.resolve("bin").toString());
    builder.environment().put("FAKE", folder.toString());
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Ended ended(Process process) {
    return new Ended(process.exitValue(), read("stdout"), read("stderr"), calls());
  }

  /** Every call of a tool but those that ask nobody, without the talosconfig's path. */
  List<String> calls() {
    return read("calls")
        .lines()
        .map(call -> call.replaceFirst("--talosconfig \\S+ ", ""))
        .map(call -> SCRATCH.matcher(call).replaceAll("SCRATCH"))
        .toList();
  }

  /** The folders that secrets were in. */
  List<Path> scratch() {
    return SCRATCH
        .matcher(read("calls"))
        .results()
        .map(found -> Path.of(found.group()))
        .distinct()
        .toList();
  }

  /** All that others could have seen: command lines, environments, what was printed. */
  String seen() {
    return read("calls") + read("environments") + read("stdout") + read("stderr");
  }

  private void executable(String tool, String text) {
    write("bin/" + tool, text);
    if (!folder.resolve("bin").resolve(tool).toFile().setExecutable(true)) {
      throw new AssertionError("no executable " + tool);
    }
  }

  /** A script that runs the computer's own tool. JUnit warns of each link that it removes. */
  private static String handOver(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(each -> Path.of(each, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .map("#!/bin/sh\nexec %s \"$@\"\n"::formatted)
        .orElseThrow(() -> new AssertionError("no " + tool + " on the PATH"));
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String file, String text) {
    try {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.writeString(folder.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource(String name) {
    try (var stream = Objects.requireNonNull(ScriptRun.class.getResourceAsStream(name))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How it ended. */
  record Ended(int status, String stdout, String stderr, List<String> calls) {}
}
