package starbase.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import starbase.findings.Finding;
import starbase.testing.StackFiles;

/** What is said of a file that is no stack file, or whose keys are not as they should. */
class StackFileTest {
  @TempDir private Path folder;

  private static List<String> findings(String yaml) {
    var file = StackFile.parse(yaml);
    return file.checked().findings().stream()
        .filter(finding -> !finding.wrong().equals("is missing") || finding.key().equals("config"))
        .map(finding -> file.line(finding).orElse(0) + " " + finding)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("starbase.testing.StackFiles#all")
  void aStackFileOfTheCloneOrOfTheTestsHasNoFindings(Path file) {
    assertThat(StackFile.read(file).checked().findings()).isEmpty();
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    var missing = folder.resolve("Pulumi.none.yaml");

    assertThatThrownBy(() -> StackFile.read(missing))
        .isExactlyInstanceOf(RunException.class)
        .hasMessage(missing + ": does not exist");
  }

  @Test
  void aFileThatIsNoTextIsNamed() throws IOException {
    var file = Files.write(folder.resolve("Pulumi.binary.yaml"), new byte[] {(byte) 0xff, 0});

    assertThatThrownBy(() -> StackFile.read(file))
        .isExactlyInstanceOf(RunException.class)
        .hasMessage(file + ": is not text in UTF-8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'' | 0 config: is missing; allowed: a stack file: config: with the lab's keys below it",
        "[a] | 0 config: is missing; allowed: a stack file: config: with the lab's keys below it",
        "config: | 1 config: is not a map; allowed: the lab's keys below it",
        "config: [a | 1 YAML: is not valid: the bracket that opens here is not closed, or a comma is missing in it; write lists as [a, b] and maps as {a: 1, b: 2}",
        "configs: {} | 1 configs: is not a key of a stack file, and config is missing; did you mean \"config\"? allowed: config, encryptedkey, encryptionsalt, environment, secretsprovider",
        "encryptionsalt: x | 0 config: is missing; allowed: a stack file: config: with the lab's keys below it",
        "{config: {starbase:cluster: &a [*a]}} | 1 YAML: is not valid: the alias *a is inside what it names",
        "{config: {a:b: 1, a:b: 2}} | 1 a:b: is listed twice, in lines 1 and 1; allowed: each key once",
        "{config: {gateways: {}}} | 1 gateways: is not a configuration key; allowed: starbase:gateways",
        "{config: {Starbase:gateways: {}}} | 1 Starbase:gateways: is not a key of this project; allowed: starbase:gateways",
        "{config: {starbse:policies: {}}} | 1 starbse:policies: is not a key of this project; allowed: starbase:policies",
        "{config: {starbas:dns: {}}} | 1 starbas:dns: is not a key of this project; allowed: starbase:dns",
        "{config: {starbas:polices: {}}} | 1 starbas:polices: is not a key of this project; allowed: starbase:policies",
        "{config: {Stabrase:Dns: {}}} | 1 Stabrase:Dns: is not a key of this project; allowed: starbase:dns",
        "{config: {star:policies: {}}} | 1 star:policies: is not a key of this project; allowed: starbase:policies",
        "{config: {stars-base:suffix: x}} | 1 stars-base:suffix: is not a key of this project; allowed: starbase:suffix",
        "{confg: {}, config: {}} | 1 warning: confg: is not a key of a stack file; did you mean \"config\"? allowed: config, encryptedkey, encryptionsalt, environment, secretsprovider",
        "{config: {aws:region: x, [a]: x}} | 1 config: has a key that is a list or a map; allowed: texts as keys"
      })
  void whatIsWrongWithTheFileIsSaidWithItsLine(String yaml, String finding) {
    assertThat(findings(yaml.replace("''", ""))).containsExactly(finding);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubernetes:context",
        "proxmoxve:endpoint",
        "pulumi:disable-default-providers",
        "aws:region",
        "gcp:network",
        "database:cluster",
        "starburst:catalog",
        "star:region",
        "other-project:apps"
      })
  void aKeyOfAnotherProviderOrProjectIsNotOurs(String key) {
    assertThat(findings("{config: {%s: x}}".formatted(key))).isEmpty();
  }

  @Test
  void aKeyThatStandsTwiceIsNamedWithBothLinesAndTheRestIsStillChecked() {
    var yaml =
        """
        config:
          starbase:cilium:
            addresses: [192.168.1.100/31]
            chart: 1
            chart: 2
          starbase:gateways: 1
        """;

    assertThat(findings(yaml))
        .containsExactly(
            "4 starbase:cilium.chart: is listed twice, in lines 4 and 5; allowed: each key once",
            "4 starbase:cilium.chart: 1 is not a map; allowed: keys with values below it",
            "6 starbase:gateways: 1 is not a map; allowed: keys with values below it");
  }

  @Test
  void aSectionThatStandsTwiceLacksNothingThatOneOfThemHas() throws IOException {
    var lab = Files.readString(StackFiles.of("lab"));

    for (var section : List.of("dns: {ttl: 60}", "machineDefaults: {cores: 4}", "machines: {}")) {
      var twice = lab.replace("config:\n", "config:\n  starbase:%s\n".formatted(section));
      assertThat(StackFile.parse(twice).checked().findings())
          .as(section)
          .singleElement()
          .extracting(Finding::wrong)
          .asString()
          .startsWith("is listed twice, in lines 4 and ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "vmId: 111} | vmId: 0121} | starbase:machines.cp1.vmId: 0121 is 81 to Pulumi and YAML 1.1, 121 to YAML 1.2; allowed: 121, without quotes",
        "vmId: 111} | vmId: 1_21} | starbase:machines.cp1.vmId: 1_21 is 121 to Pulumi and YAML 1.1, the text \"1_21\" to YAML 1.2; allowed: 121, without quotes",
        "vmId: 111} | vmId: yes} | starbase:machines.cp1.vmId: \"yes\" is not a whole number; allowed: digits, without quotes or a point",
        "vmId: 111} | vmId: 111, mac: 12:34} | starbase:machines.cp1.mac: \"12:34\" is not a MAC address; allowed: six pairs of hexadecimal digits, such as BC:24:11:00:01:0B, in quotes",
        "vmId: 111} | vmId: 111, mac: 12:34:56:01:02:03} | starbase:machines.cp1.mac: 12:34:56:01:02:03 is the text \"12:34:56:01:02:03\" to Pulumi and YAML 1.2, 9783939723 to YAML 1.1; allowed: \"12:34:56:01:02:03\" in quotes",
        "vmId: 111} | vmId: 111, protect: off} | starbase:machines.cp1.protect: \"off\" is neither true nor false; allowed: true or false, without quotes",
        "cp1: {role: controlPlane, address: 192.168.1.11, host: pve1, vmId: 111} | cp1: 0121 | starbase:machines.cp1: 81 is not a map; allowed: keys with values below it",
        "vmId: 111} | vmId: 111, colour: off} | starbase:machines.cp1.colour: is not known; allowed: *",
        "# insecure: true | insecure: yes | starbase:proxmox.insecure: \"yes\" is neither true nor false; allowed: true or false, without quotes",
        "identifier: starbase-lab | identifier: 0336 | starbase:cluster.identifier: 0336 is 222 to Pulumi and YAML 1.1, 336 to YAML 1.2; allowed: \"0336\" in quotes"
      })
  void anAmbiguousValueIsOneFindingWithTheRemedyForItsKey(String old, String made, String finding)
      throws IOException {
    var lab = Files.readString(StackFiles.of("lab"));

    assertThat(StackFile.parse(lab.replace(old, made)).checked().findings())
        .singleElement()
        .asString()
        .matches(Pattern.quote(finding).replace("*", "\\E.*\\Q"));
  }

  @Test
  void aFileThatIsNestedTooDeepIsNoStackFile() {
    assertThat(findings("config: " + "[".repeat(20_000)))
        .containsExactly("0 YAML: is not valid: it is nested more than 100 deep");
  }

  @Test
  void anAliasStandsForWhatItNames() {
    var yaml =
        """
        config:
          starbase:gateways: &here {g: 1}
          starbase:apps: *here
        """;

    assertThat(findings(yaml))
        .containsExactly(
            "2 starbase:gateways.g: 1 is not a map; allowed: keys with values below it",
            "2 starbase:apps.g: 1 is not a map; allowed: keys with values below it");
  }

  @Test
  void aMissingKeyIsAtTheLineOfWhatItBelongsTo() {
    var file = StackFile.parse("config:\n  starbase:cluster:\n    kind: existing\n");

    assertThat(file.line(Finding.error("starbase:cluster.identifier", "is missing"))).hasValue(2);
    assertThat(file.line(Finding.error("starbase:apps", "is missing"))).hasValue(1);
  }
}
