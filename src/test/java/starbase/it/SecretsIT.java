package starbase.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The keys and tokens of the cluster stand nowhere where somebody may read them: not in what an up
 * shows, not in the state, a log, a command line, or what the simulators tell. Proves it for texts
 * and their base64; not for a secret in another form, nor for a command that lived shorter than
 * from one look at the processes to the next.
 */
@ExtendWith(VirtualLab.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsIT {

  /** A field of a machine config, a kubeconfig or a talosconfig that is a secret. */
  private static final Pattern SECRET =
      Pattern.compile(
          "^\\s*(?:key|client-key-data|token|secret|secretboxEncryptionSecret|aescbcEncryptionSecret): \"?([^\\s\"]{16,})\"?$",
          Pattern.MULTILINE);

  /** Long enough to be no accident, short enough to be found in a text that is broken in lines. */
  private static final int LENGTH = 40;

  private static final String API_KEY = "starbase:apps.app-x.workload.environment.API_KEY";

  private final VirtualLab.Running lab;
  private final Path folder;
  private final String machineConfig;
  private final Path needles;

  SecretsIT(VirtualLab.Running lab) throws IOException {
    this.lab = lab;
    lab.firstUp().succeeded();
    this.folder = Path.of(lab.exec("sh", "-c", "cd \"$HOME/..\" && pwd -P").out().strip());
    this.machineConfig =
        new Talos(lab).ctl("get", "machineconfig", "--output", "yaml").succeeded().out();
    var credentials =
        Stream.of("kubeconfig", "talosconfig")
            .map(name -> lab.project().lab("output", "--show-secrets", name).succeeded().out())
            .collect(Collectors.joining("\n"));
    this.needles = written("needles", String.join("\n", forms(machineConfig + "\n" + credentials)));
  }

  /** Without this, all other tests here could succeed by searching badly. */
  @Test
  void theSearchFindsEverySecretWhereItHasToBe() throws IOException {
    var secrets = secrets(machineConfig);
    // CAs of Talos, Kubernetes, etcd and the aggregator, the key for service accounts, for secrets
    // in etcd, two tokens, the cluster's secret.
    assertThat(secrets).hasSizeGreaterThanOrEqualTo(9);
    for (var secret : secrets) {
      assertThat(found(written("clear", secret))).as("a secret as it is").isNotEmpty();
      for (var before : List.of("", "-", "--")) {
        assertThat(found(written("encoded", base64(before + secret))))
            .as("a secret in base64, behind \"%s\"", before)
            .isNotEmpty();
      }
    }
    assertThat(found(folder.resolve("proxmox.json"))).as("on the machines' disks").isNotEmpty();
  }

  @Test
  void noneIsShownByAnUp() throws IOException {
    var shown = lab.firstUp().all();
    assertThat(shown).contains("talos-bootstrap", "talos-kubeconfig");
    assertThat(found(written("shown", shown))).isEmpty();
  }

  @Test
  void noneIsInTheStateInClear() throws IOException {
    var state = folder.resolve("state");
    assertThat(texts(state)).anyMatch(text -> text.contains("starbase:talos:Talos"));
    assertThat(found(state)).isEmpty();
  }

  @Test
  void noneIsInALog() throws IOException {
    try (var files = Files.list(folder)) {
      var audits = files.filter(file -> file.getFileName().toString().endsWith(".log")).toList();
      assertThat(audits).as("an audit log of each API server").hasSizeGreaterThanOrEqualTo(3);
      for (var audit : audits) {
        assertThat(found(audit)).as(audit.toString()).isEmpty();
      }
    }
    assertThat(folder.resolve("logs/lab.log")).isNotEmptyFile();
    assertThat(folder.resolve("logs/talos-events.jsonl")).isNotEmptyFile();
    assertThat(found(folder.resolve("logs"))).isEmpty();
  }

  @Test
  void noneIsOnACommandLine() throws IOException {
    var commands = lab.seen().commands();
    assertThat(commands)
        .as("commands that were seen")
        .anyMatch(command -> command.contains("talos.sh apply"))
        .anyMatch(command -> command.contains("talosctl") && command.contains("apply-config"))
        .anyMatch(command -> command.contains("kube-apiserver"));
    assertThat(found(written("commands", String.join("\n", commands)))).isEmpty();
  }

  @Test
  void noneIsToldByTheSimulators() throws IOException {
    for (var question :
        List.of("sim state", "sim machines", "sim events", "sim events --talos", "power")) {
      var told = lab.project().lab(question.split(" ")).succeeded().out();
      assertThat(told).as(question).contains("cp1");
      assertThat(found(written("told", told))).as(question).isEmpty();
    }
  }

  @Test
  void aWorkloadsSecretStandsNowhereAndAnotherValueRestartsItsPods() throws IOException {
    var first = "first-" + UUID.randomUUID();
    var second = "second-" + UUID.randomUUID();
    var values = new TreeSet<>(List.of(first, second));
    values.addAll(encoded(first));
    values.addAll(encoded(second));
    var its = written("values", String.join("\n", values));
    try {
      setApiKey(first);
      var shown = lab.up().succeeded().all();
      var before = lab.names("pods", "-n", "app-x", "-l", "app.kubernetes.io/name=app-x");
      assertThat(apiKey()).isEqualTo(first);

      setApiKey(second);
      shown += lab.project().lab("pulumi", "preview", "--diff").succeeded().all();
      shown += lab.up().succeeded().all();

      assertThat(apiKey()).isEqualTo(second);
      assertThat(lab.names("pods", "-n", "app-x", "-l", "app.kubernetes.io/name=app-x"))
          .isNotEmpty()
          .doesNotContainAnyElementsOf(before);
      assertThat(found(its, its)).as("the search finds them").isNotEmpty();
      assertThat(shown).contains("app-x-environment");
      assertThat(found(its, written("shown", shown))).as("what preview and up showed").isEmpty();
      var state = folder.resolve("state");
      assertThat(texts(state.resolve(".pulumi/backups")))
          .anyMatch(text -> text.contains("app-x-environment"));
      assertThat(found(its, state)).as("state and backups").isEmpty();
    } finally {
      lab.project().restore();
      lab.up().succeeded();
    }
  }

  /** As docs/configuration.md says; the engine writes into the stack file. */
  private void setApiKey(String value) {
    lab.project().lab("pulumi", "config", "set", "--secret", "--path", API_KEY, value).succeeded();
  }

  /** What the pods of app-x get. */
  private String apiKey() {
    var variables = lab.get("deployment", "-n", "app-x", "app-x");
    for (var each : variables.at("/spec/template/spec/containers/0/env")) {
      if (each.at("/name").asText().equals("API_KEY")) {
        var secret = each.at("/valueFrom/secretKeyRef/name").asText();
        return decoded(lab.get("secret", "-n", "app-x", secret).at("/data/API_KEY").asText());
      }
    }
    throw new AssertionError("no API_KEY: " + variables);
  }

  @Test
  void noStepLeftAFolderBehind() {
    var left =
        lab.exec("sh", "-c", "ls -d /dev/shm/starbase-talos.* \"$TMPDIR\"/starbase-talos.* 2>&1");
    assertThat(left.exitCode()).as(left.all()).isNotZero();
  }

  private static Set<String> secrets(String text) {
    return SECRET.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
  }

  /** How secrets would look: themselves, the keys that they encode, and the base64 of either. */
  private static Set<String> forms(String text) {
    var forms = new TreeSet<String>();
    for (var secret : secrets(text)) {
      forms.add(middle(secret));
      forms.addAll(encoded(secret));
      // The part before the point is a name, and known to everybody.
      forms.add(middle(secret.substring(secret.indexOf('.') + 1)));
      var pem = decoded(secret);
      if (pem.startsWith("-----BEGIN")) {
        var lines = pem.lines().toList();
        forms.add(middle(lines.get(lines.size() / 2)));
        forms.addAll(encoded(pem));
      }
    }
    return forms;
  }

  /** A text in base64, wherever it begins in what is encoded. */
  private static Set<String> encoded(String text) {
    return Stream.of("", "-", "--")
        .map(before -> base64(before + text))
        // Without the ends, which depend on what stands beside it.
        .map(encoded -> middle(encoded.substring(4, encoded.length() - 4)))
        .collect(Collectors.toSet());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(ISO_8859_1));
  }

  private static String decoded(String text) {
    try {
      return new String(Base64.getDecoder().decode(text), ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String middle(String text) {
    int begin = Math.max(0, (text.length() - LENGTH) / 2);
    return text.substring(begin, Math.min(text.length(), begin + LENGTH));
  }

  /** Where in a file, or below a folder, something of a secret stands; without showing it. */
  private List<String> found(Path where) {
    return found(needles, where);
  }

  private List<String> found(Path needles, Path where) {
    var search =
        Command.run(
            folder,
            Map.of(),
            List.of(
                "grep",
                "--recursive",
                "--text",
                "--fixed-strings",
                "--count",
                "--with-filename",
                "--file=" + needles,
                where.toString()));
    if (search.exitCode() > 1) {
      throw new AssertionError(search.all());
    }
    return search.out().lines().filter(line -> !line.endsWith(":0")).toList();
  }

  private static List<String> texts(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      var texts = new ArrayList<String>();
      for (var file : files.filter(Files::isRegularFile).toList()) {
        texts.add(Files.readString(file, ISO_8859_1));
      }
      return texts;
    }
  }

  private Path written(String name, String text) {
    try {
      var seen = Files.createDirectories(lab.project().folder().resolve("secrets"));
      return Files.writeString(seen.resolve(name), text + "\n", UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
