package starbase.stack.binding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import starbase.findings.Finding;

/**
 * Values are read as Pulumi reads them, and those that YAML's versions read differently are told.
 */
class YamlTreeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "0336 | a: 0336 is 222 to Pulumi and YAML 1.1, 336 to YAML 1.2; allowed: \"0336\" in quotes, or 222 plainly or 336 plainly",
        "08 | a: 08 is 8 to Pulumi and YAML 1.2, the text \"08\" to YAML 1.1; allowed: \"08\" in quotes, or 8 plainly",
        "0o17 | a: 0o17 is 15 to Pulumi and YAML 1.2, the text \"0o17\" to YAML 1.1; allowed: \"0o17\" in quotes, or 15 plainly",
        "-0x1F | a: -0x1F is -31 to Pulumi and YAML 1.1, the text \"-0x1F\" to YAML 1.2; allowed: \"-0x1F\" in quotes, or -31 plainly",
        "0b101 | a: 0b101 is 5 to Pulumi and YAML 1.1, the text \"0b101\" to YAML 1.2; allowed: \"0b101\" in quotes, or 5 plainly",
        "1_000 | a: 1_000 is 1000 to Pulumi and YAML 1.1, the text \"1_000\" to YAML 1.2; allowed: \"1_000\" in quotes, or 1000 plainly",
        "1e3 | a: 1e3 is 1000 to Pulumi and YAML 1.2, the text \"1e3\" to YAML 1.1; allowed: \"1e3\" in quotes, or 1000 plainly",
        "yes | a: yes is the text \"yes\" to Pulumi and YAML 1.2, true to YAML 1.1; allowed: \"yes\" in quotes, or true plainly",
        "Off | a: Off is the text \"Off\" to Pulumi and YAML 1.2, false to YAML 1.1; allowed: \"Off\" in quotes, or false plainly",
        "2026-01-01 | a: 2026-01-01 is a point in time to Pulumi and YAML 1.1, the text \"2026-01-01\" to YAML 1.2; allowed: \"2026-01-01\" in quotes",
        "12:30:45 | a: 12:30:45 is the text \"12:30:45\" to Pulumi and YAML 1.2, 45045 to YAML 1.1; allowed: \"12:30:45\" in quotes, or 45045 plainly",
        ".inf | a: .inf is no number of JSON to Pulumi and YAML 1.2 and YAML 1.1; allowed: \".inf\" in quotes",
        "12345678901234567890123 | a: 12345678901234567890123 is 12345678901234570000000 to Pulumi, 12345678901234567890123 to YAML 1.2 and YAML 1.1; allowed: \"12345678901234567890123\" in quotes, or 12345678901234570000000 plainly or 12345678901234567890123 plainly"
      })
  void aValueThatIsNotTheSameToAllReadersIsToldWithItsReadings(String value, String finding) {
    assertThat(YamlTree.parse("a: " + value).ambiguities())
        .extracting(Finding::toString)
        .containsExactly(finding);
    assertThat(YamlTree.parse("a: \"" + value + "\"").ambiguities()).isEmpty();
    assertThat(YamlTree.parse("a: '" + value + "'").root().path("a").textValue()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a:;  - *.lab.example | 2 *.lab.example is not valid: a value that begins with * needs quotes; write \"*.lab.example\"",
        "a: [b, *lab.example] | 1 *lab.example is not valid: a value that begins with * needs quotes; write \"*lab.example\"",
        "a: @home | 1 @home is not valid: a value that begins with @ needs quotes; write \"@home\"",
        "a: %home | 1 %home is not valid: a value that begins with % needs quotes; write \"%home\"",
        "a:;  b: 1;   c: 2 | 3 is not valid: a colon stands where no key can; start each key on its own line, indented like the keys beside it; put a value that contains a colon and a space in quotes",
        "a: b: c | 1 is not valid: a colon stands where no key can; start each key on its own line, indented like the keys beside it; put a value that contains a colon and a space in quotes",
        "a:;    b: {};  c: {} | 3 is not valid: the indentation changes here; indent this line like the keys or list entries beside it, with spaces",
        "a:;  b: {};    c: {} | 3 is not valid: the indentation changes here; indent this line like the keys or list entries beside it, with spaces",
        "a:;  - b;  c: 1 | 3 is not valid: the indentation changes here; indent this line like the keys or list entries beside it, with spaces",
        "a: 1;b;c: 1 | 2 is not valid: this line is no key with a colon; write key: value, with a space after the colon",
        "a: 1;---;b: 1 | 2 is not valid: a second document begins here; keep one document in a file: no --- below the first key",
        "a: \"b;c: 1 | 1 is not valid: the quote that opens here is not closed; close it on the same line",
        "a: \"b\" c | 1 is not valid: text follows the end of a value; put all of a value in quotes, or none of it",
        "a: \"\\d\" | 1 is not valid: a backslash in double quotes starts an escape sequence; write two backslashes, or use single quotes",
        "a: {b: 1;c: 1 | 1 is not valid: the bracket that opens here is not closed, or a comma is missing in it; write lists as [a, b] and maps as {a: 1, b: 2}",
        "a:;\tb: 1 | 2 is not valid: a tab stands where only spaces may; indent with spaces"
      })
  void whatIsNotYamlIsSaidWithWhatToDo(String yaml, String problem) {
    var tree = YamlTree.parse(yaml.replace(";", "\n"));

    assertThat(tree.findings())
        .extracting(its -> tree.line(its.key()).orElse(0) + its.toString().substring(5))
        .containsExactly(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n",
        "Y",
        "on",
        "No",
        "0_1",
        "017",
        "1:30",
        "+0x1",
        "2026-1-2",
        "2001-12-14 21:59:43",
        "2001-12-14t21:59:43.1Z",
        "0X1f",
        "1.5e3",
        "-.INF",
        ".NaN",
        "190:20:30.15",
        "1_000.5"
      })
  void soIsEachOther(String value) {
    assertThat(YamlTree.parse("a: " + value).ambiguities()).hasSize(1);
    assertThat(YamlTree.parse("a: [" + value + "]").ambiguities()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "336, 336",
    "-7, -7",
    "+7, 7",
    "007, 7",
    "0x1F, 31",
    "1.20, 1.2",
    ".5, 0.5",
    "3.0, 3",
    "1., 1",
    "0.1234567890123, 0.1234567890123",
    "4294967296, 4294967296",
    "true, true",
    "False, false",
    "v1.13.0, \"v1.13.0\"",
    "1.36.4, \"1.36.4\"",
    "192.168.1.1, \"192.168.1.1\"",
    "10.96.0.0/12, \"10.96.0.0/12\"",
    "yesterday, \"yesterday\"",
    "BC:24:11:00:00:01, \"BC:24:11:00:00:01\"",
    "80:80, \"80:80\"",
    "2026-01, \"2026-01\"",
    "1-2, \"1-2\"",
    "Nope, \"Nope\"",
    "~, null"
  })
  void aValueThatIsTheSameToAllIsTakenAsItIs(String value, String json) {
    var tree = YamlTree.parse("a: " + value);

    assertThat(tree.ambiguities()).isEmpty();
    assertThat(tree.root().path("a")).hasToString(json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0336", "1_0", "1.0", "1e3", "True", "~", "2026-01-01"})
  void aKeyThatPulumiWouldGiveAnotherNameIsTold(String key) {
    assertThat(YamlTree.parse(key + ": x").ambiguities())
        .singleElement()
        .asString()
        .startsWith(key + ": is a key that is ")
        .endsWith("; allowed: \"" + key + "\" in quotes");
    assertThat(YamlTree.parse("\"" + key + "\": x").ambiguities()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"80", "true", "on", "y", "no", "cp1", "1.5", "a.b/c"})
  void otherKeysAreWhatTheyAre(String key) {
    assertThat(YamlTree.parse(key + ": x").ambiguities()).isEmpty();
  }

  @Test
  void aTagIsNotNeeded() {
    assertThat(YamlTree.parse("{a: !!str 0336, b: !!int \"0336\", c: !!binary aGk=}").ambiguities())
        .extracting(Finding::key)
        .containsExactly("b", "c");
  }

  @Test
  void aMapTakesOverWhatItDoesNotSayItselfAsPulumiHasIt() {
    var tree =
        YamlTree.parse(
            """
            one: &one {cores: 2, memory: 4096}
            two: &two {memory: 8192, disk: 20}
            both:
              cores: 4
              <<: [*one, *two]
            """);

    assertThat(tree.findings()).isEmpty();
    assertThat(tree.root().path("both")).hasToString("{\"cores\":4,\"memory\":4096,\"disk\":20}");
    assertThat(tree.line("both.cores")).hasValue(4);
    assertThat(tree.line("both.disk")).hasValue(2);
    assertThat(YamlTree.parse("a: {<<: 1}").findings())
        .extracting(Finding::toString)
        .containsExactly(
            "YAML: is not valid: Expected mapping node or an anchor referencing mapping");
  }

  @Test
  void aFileIsAsLargeAsItIsAndAliasesMakeItLittleLarger() {
    var large = "a:\n" + "  - {b: c, d: e}\n".repeat(60_000);
    assertThat(YamlTree.parse(large).findings()).isEmpty();

    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 8; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(10)));
    }
    assertThat(YamlTree.parse(bomb.toString()).findings())
        .extracting(Finding::wrong)
        .containsExactly("is not valid: an alias makes it larger than any stack file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: &a {b: *a}",
        "a: &a [1, *a]",
        "a: &a {<<: *a}",
        "c: &c\n  a: &a\n    <<: *a\n    b: {<<: *c}"
      })
  void anAliasInsideWhatItNamesIsRefusedAtOnce(String yaml) {
    assertThat(YamlTree.parse(yaml).findings())
        .extracting(Finding::wrong)
        .containsExactly("is not valid: the alias *a is inside what it names");
  }
}
