package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The commands of README's hardware section, word for word, against the simulated hosts: by a user
 * without privileges, in a shell that has only what the section names, from a clone in which
 * nothing is built. Pulumi downloads its plugins from the addresses where they are published, which
 * the lab's outside world has.
 *
 * <p>What stands in for the person's world, and nothing else does: the certificates of the lab's
 * outside world in place of the public authorities, Maven's repository as it is after its first
 * downloads, and a yes to each question of Pulumi.
 */
@Order(4)
class RehearsalIT {

  /** What the section names. */
  private static final List<String> NAMED =
      List.of("java", "javac", "mvn", "bash", "curl", "openssl");

  /** What every Linux has: Debian's packages of the priority "required". */
  private static final List<String> EVERYWHERE =
      List.of(
          "sh",
          "cat",
          "cp",
          "mkdir",
          "rm",
          "ls",
          "mv",
          "chmod",
          "dirname",
          "basename",
          "uname",
          "expr",
          "tr",
          "sed",
          "grep",
          "awk",
          "env",
          "date",
          "mktemp",
          "sleep",
          "head",
          "tail",
          "cut",
          "sort",
          "readlink",
          "id",
          "uniq",
          "xargs",
          "wc",
          "touch",
          "tee",
          "timeout",
          "paste",
          "printf",
          "test",
          "find");

  private static final List<List<String>> BLOCKS = HardwareSection.read().blocks();
  private static final Unprivileged PERSON = Unprivileged.create(UnaryOperator.identity());
  private static final Path HOME = PERSON.folder().resolve("person");
  private static final Path CLONE = HOME.resolve("starbase");
  private static final Path SHELL = HOME.resolve("shell.sh");

  /**
   * Begins a shell with the person's home and clone. In the lab the user has the number 0, so the
   * user database is another one too.
   */
  private static final String ENTERED =
      """
      export HOME='%s'
      cd '%s'
      mount --bind "$HOME/passwd" /etc/passwd
      exec env -i HOME="$HOME" PATH="$HOME/bin" SSL_CERT_FILE="$SSL_CERT_FILE" CURL_CA_BUNDLE="$SSL_CERT_FILE" \\
        JDK_JAVA_OPTIONS="-Djavax.net.ssl.trustStore=$(dirname "$SSL_CERT_FILE")/ca.p12 -Djavax.net.ssl.trustStorePassword=changeit" \\
        PULUMI_SKIP_CONFIRMATIONS=true TOKEN="${PROXMOX_VE_API_TOKEN#*=}" bash -eu -o pipefail "$1"
      """;

  @BeforeAll
  static void aPersonWithAClone() throws IOException {
    var built = Path.of(System.getenv("STARBASE_BIN"));
    for (var source : Unprivileged.SOURCES) {
      Unprivileged.copy(Path.of(source), CLONE.resolve(source));
    }
    // As Pulumi is installed: the language host beside the engine.
    for (var program : List.of("pulumi", "pulumi-language-java", "talosctl")) {
      Unprivileged.copy(built.resolve(program), HOME.resolve("bin").resolve(program));
    }
    for (var program : Stream.concat(NAMED.stream(), EVERYWHERE.stream()).toList()) {
      Files.createSymbolicLink(HOME.resolve("bin").resolve(program), which(program));
    }
    Unprivileged.copy(mavenRepository(), HOME.resolve(".m2/repository"));
    Files.writeString(
        HOME.resolve(".curlrc"),
        "silent\nshow-error\noutput = /dev/null\nwrite-out = \"%{http_code}\\n\"\n");
    Files.writeString(HOME.resolve("passwd"), "person:x:0:0::%s:/bin/bash%n".formatted(HOME));
    Files.writeString(SHELL, ENTERED.formatted(HOME, CLONE));
    PERSON.own();
    PERSON.lab("start").succeeded();
  }

  @AfterAll
  static void clean() {
    PERSON.close();
  }

  @Test
  void theCommandsOfTheHardwareSectionMakeALabChangeItAndRemoveIt() throws IOException {
    assertThat(BLOCKS).as("one block makes the lab, one removes it").hasSize(2);
    var simulator = new Simulator(PERSON);

    var made = types(BLOCKS.get(0));
    System.out.printf("README's commands, from a clone to a page: %d s%n", made.took().toSeconds());
    assertThat(made.out().strip()).as("the last command is curl").endsWith("\n200");
    assertThat(made.out()).contains("Downloading provider: proxmoxve");
    assertThat(CLONE.resolve("kubeconfig")).content().contains("server: https://192.168.1.10:6443");

    stackFile(
        text ->
            text.replace(
                "    w2: {",
                "    w3: {role: worker, address: 192.168.1.23, host: pve1, vmId: 123}\n    w2: {"));
    types(List.of("pulumi up"));
    assertThat(simulator.machines()).containsKey("w3");
    stackFile(text -> text.replaceAll("    w3: .*\n", ""));
    types(List.of("pulumi up"));
    assertThat(simulator.machines()).containsOnlyKeys("cp1", "cp2", "cp3", "w1", "w2");

    var removed = types(BLOCKS.get(1));
    System.out.printf("README's commands that remove the lab: %d s%n", removed.took().toSeconds());
    assertThat(simulator.left()).as("machines, disks and images that are left").isEmpty();
    assertThat(simulator.unknown()).isEmpty();
  }

  /** Types the commands into one new shell of the person, with the exports of the section. */
  private static Outcome types(List<String> commands) throws IOException {
    var exports = BLOCKS.get(0).stream().filter(line -> line.startsWith("export "));
    var script = HOME.resolve("typed.sh");
    Files.writeString(
        script,
        Stream.concat(exports, commands.stream())
            .map(command -> command.replace("=UUID'", "='$TOKEN"))
            .collect(Collectors.joining("\n", "", "\n")));
    return PERSON
        .lab("exec", "--", "unshare", "--mount", "bash", "-e", SHELL.toString(), script.toString())
        .succeeded();
  }

  private static void stackFile(UnaryOperator<String> change) throws IOException {
    var file = CLONE.resolve("Pulumi.lab.yaml");
    Files.writeString(file, change.apply(Files.readString(file)));
  }

  private static Path mavenRepository() {
    var given = System.getProperty("maven.repo.local");
    return given != null
        ? Path.of(given)
        : Path.of(System.getProperty("user.home"), ".m2", "repository");
  }

  private static Path which(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("this machine has no " + program));
  }
}
