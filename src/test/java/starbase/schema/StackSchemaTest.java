package starbase.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import starbase.testing.StackCase;
import starbase.testing.StackFiles;
import starbase.testing.StackYaml;

/**
 * stack.schema.json matches the records, docs/configuration.md describes all of it, and every stack
 * file is valid by it. These tests do not cover what an editor makes of it.
 */
class StackSchemaTest {
  private static final Path FILE = Path.of("stack.schema.json");
  private static final Path PAGE = Path.of("docs", "configuration.md");

  /** The part of the page before this line is written by hand. */
  private static final Pattern GENERATED = Pattern.compile("(?m)^<!-- Generated from here on.*\\n");

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String WRITE =
      "write it anew with: mvn test -Dtest=StackSchemaTest -Dstarbase.schema.write=true";

  private static String generated() throws IOException {
    var schema = StackSchema.of(Javadoc.of(Path.of("components"), Path.of("src/main/java")));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
  }

  private static Schema schema() throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
        .getSchema(Files.readString(FILE));
  }

  @Test
  void theFileIsTheSchemaOfTheRecords() throws IOException {
    if (Boolean.getBoolean("starbase.schema.write")) {
      Files.writeString(FILE, generated());
    }

    assertThat(Files.readString(FILE)).as(WRITE).isEqualTo(generated());
  }

  @Test
  void theConfigurationPageMatchesTheSchema() throws IOException {
    var files = new ArrayList<String>();
    for (var stack : List.of("lab", "idp")) {
      files.add(Files.readString(StackFiles.of(stack)));
    }
    var examples = new StackExamples(files, StackCase.of("alternatives.yaml").toList());
    var page = Files.readString(PAGE);
    var mark = GENERATED.matcher(page);
    assertThat(mark.find()).isTrue();
    var made =
        page.substring(0, mark.end()) + ConfigurationPage.of(JSON.readTree(generated()), examples);
    if (Boolean.getBoolean("starbase.schema.write")) {
      Files.writeString(PAGE, made);
    }

    assertThat(Files.readString(PAGE)).as(WRITE).isEqualTo(made);
  }

  @ParameterizedTest
  @MethodSource("starbase.testing.StackFiles#all")
  void everyStackFileFollowsItAndNamesIt(Path file) throws IOException {
    var text = Files.readString(file);

    assertThat(schema().validate(text, InputFormat.YAML)).isEmpty();
    var schema = file.toAbsolutePath().getParent().relativize(FILE.toAbsolutePath());
    assertThat(text).startsWith("# yaml-language-server: $schema=%s\n".formatted(schema));
  }

  /** The cases of the whole check in which nothing is wrong, and what no stack file here uses. */
  @TestFactory
  Stream<DynamicTest> whatTheCheckTakesFollowsIt() {
    return Stream.concat(
            Stream.of(
                    "stack/rules/plan.yaml",
                    "stack/rules/plan-idp.yaml",
                    "stack/rules/plan-routes.yaml")
                .flatMap(StackCase::of)
                .filter(each -> each.says().stream().allMatch(said -> said.startsWith("warning:"))),
            StackCase.of("alternatives.yaml"))
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.name(),
                    () ->
                        assertThat(schema().validate(each.stack().text(), InputFormat.JSON))
                            .isEmpty()));
  }

  @Test
  void anEditorTakesTheTimeoutsOfARouteAndMarksThoseOfTalosThere() throws IOException {
    var pointer = "/starbase:apps/demo/route/rules/0/timeouts";
    var ofARoute = StackYaml.of("idp").set(pointer, JSON.readTree("{\"request\": \"10s\"}"));
    var ofTalos = StackYaml.of("idp").set(pointer, JSON.readTree("{\"answer\": 5}"));

    assertThat(schema().validate(ofARoute.text(), InputFormat.JSON)).isEmpty();
    assertThat(schema().validate(ofTalos.text(), InputFormat.JSON)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/starbase:gateways/gateway-internal/address | \"192.168.1\"",
        "/starbase:gateways/gateway-internal/addres | \"192.168.1.101\"",
        "/starbase:gateways/Internal | {}",
        "/starbase:gateways/gateway-internal/listeners/0/port | 70000",
        "/starbase:cluster/kind | \"talosctl\"",
        "/starbase:cluster/kubeconfig | \"~/.kube/config\"",
        "/starbase:talosSecrets | \"cluster:\"",
        "/starbase:machines/cp1/mac | \"BC:24:11\"",
        "/starbase:machines/cp1/vmId | \"111\"",
        "/starbase:machines/cp1/cpu | 2",
        "/starbase:proxmox/image/checksum | \"abc\"",
        "/starbase:cilium/addresses | \"192.168.1.101-192.168.1.114\"",
        "/starbase:cilium/addresses/0 | \"192.168.1.101\"",
        "/starbase:cilium/chart/version | 1.2",
        "/starbase:storage | {}"
      })
  void anEditorMarks(String pointer, String value) throws IOException {
    var spoilt = new StackYaml().set(pointer, JSON.readTree(value));

    assertThat(schema().validate(spoilt.text(), InputFormat.JSON)).isNotEmpty();
  }
}
