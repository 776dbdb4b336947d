package starbase;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import starbase.findings.Finding;
import starbase.net.DnsLabel;
import starbase.rules.MaybeSecret;
import starbase.stack.ConfigCheck;
import starbase.stack.LabConfig;
import starbase.stack.StackConfig;
import starbase.stack.StackFile;
import starbase.testing.Registered;
import starbase.testing.StackYaml;

/**
 * A secret by {@code pulumi config set --secret --path
 * starbase:apps.app-x.workload.environment.API_KEY}: who may see it. That the engine encrypts what
 * it is told is a secret is not proven here.
 */
class SecretEnvironmentTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VARIABLE = "/starbase:apps/app-x/workload/environment/API_KEY";
  private static final String CIPHER = "v1:cipher:text";
  private static final String SECRET = "not-${suffix}-for-anyone";

  private static StackYaml file(String... pointers) {
    var file = new StackYaml();
    for (var pointer : pointers) {
      file.set(pointer, encrypted());
    }
    return file;
  }

  private static ObjectNode encrypted() {
    return JSON.createObjectNode().put("secure", CIPHER);
  }

  /** What the engine makes of the file: everything decrypted, and the keys that had secrets. */
  private static ConfigCheck running(StackYaml file, String... secretKeys) {
    var variable = JSON.createObjectNode();
    file.config()
        .properties()
        .forEach(
            each ->
                variable.put(
                    each.getKey(),
                    each.getValue()
                        .toString()
                        .replace(encrypted().toString(), TextNode.valueOf(SECRET).toString())));
    return StackConfig.ofPulumi(
        variable.toString(),
        JSON.valueToTree(secretKeys).toString(),
        Optional.of(StackFile.parse(file.text())));
  }

  private static Map<String, MaybeSecret> environment(LabConfig lab) {
    return lab.apps()
        .get(new DnsLabel("app-x"))
        .workload()
        .orElseThrow()
        .environment()
        .orElseThrow();
  }

  @Test
  void theCheckAndTheProgramReadOneFile() {
    var checked = StackFile.parse(file(VARIABLE).text()).checked();
    var running = running(file(VARIABLE), "starbase:apps");

    assertThat(checked.findings()).isEmpty();
    assertThat(running.findings()).isEmpty();
    assertThat(environment(checked.lab())).containsKey("API_KEY");
    assertThat(environment(running.lab()))
        .containsEntry("API_KEY", new MaybeSecret(SECRET, true))
        .containsEntry("WHOAMI_NAME", MaybeSecret.plain("app-x"));
    assertThat(running.lab().toString()).doesNotContain(SECRET);
  }

  @Test
  void withoutTheFileNobodyKnowsWhichValuesAreSecretsSoNoneIsRead() {
    var variable = JSON.createObjectNode();
    file()
        .config()
        .properties()
        .forEach(each -> variable.put(each.getKey(), each.getValue().toString()));
    var other = StackFile.parse(file(VARIABLE).text());

    for (var file : List.of(Optional.<StackFile>empty(), Optional.of(other))) {
      assertThat(StackConfig.ofPulumi(variable.toString(), "[\"starbase:apps\"]", file).findings())
          .extracting(Finding::toString)
          .containsExactly(
              "starbase:apps: has encrypted values, and no stack file shows which; put the stack file that Pulumi has read beside Pulumi.yaml");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/starbase:apps/homepage/hostnames/0",
        "/starbase:apps/app-x/workload/image",
        "/starbase:apps/app-x/workload/replicas",
        "/starbase:apps/app-x/workload/environment",
        "/starbase:apps/app-x",
        "/starbase:cilium/values/operator/replicas",
        "/starbase:certs/issuer/name",
        "/starbase:namespaces"
      })
  void anywhereElseASecretIsRefusedAndNeverShown(String pointer) {
    var key = pointer.substring(1).replace("/0", "[0]").replace("/", ".");
    var top = key.contains(".") ? key.substring(0, key.indexOf('.')) : key;

    for (var checked :
        List.of(StackFile.parse(file(pointer).text()).checked(), running(file(pointer), top))) {
      assertThat(checked.findings())
          .filteredOn(finding -> finding.wrong().startsWith("is encrypted"))
          .singleElement()
          .asString()
          .startsWith(key.replace(".replicas", "").replace(".operator", "").substring(0, 8))
          .contains("is encrypted, and can't be a secret; allowed: the plain value");
      assertThat(checked.findings().toString()).doesNotContain(SECRET).doesNotContain(CIPHER);
    }
  }

  @Test
  void aFindingAboutWhatHoldsASecretMasksIt() {
    var file = new StackYaml().set("/starbase:apps/app-x/workload/environment", list());
    var variable = running(file, "starbase:apps");

    assertThat(variable.findings())
        .extracting(Finding::toString)
        .containsExactly(
            "starbase:apps.app-x.workload.environment: [\"[secret]\"] is not a map; allowed: keys with values below it");
  }

  private static JsonNode list() {
    return JSON.createArrayNode().add(encrypted());
  }

  @Test
  void itIsPutIntoASecretThatThePodsNameAndNothingElseHasIt() {
    var lab = RecordedLab.record(running(file(VARIABLE), "starbase:apps").lab());
    var secret = lab.only("kubernetes:core/v1:Secret", "apps-app-x-environment");
    var deployment = lab.only("kubernetes:apps/v1:Deployment", "apps/app-x/app-x");

    assertThat(secret.input("stringData"))
        .isEqualTo(
            Map.of(
                "4dabf18193072939515e22adb298388d",
                "1b47061264138c4ac30d75fd1eb44270",
                "value",
                Map.of("API_KEY", SECRET)));
    // The name is Pulumi's: another value is another Secret, to which the pods are moved.
    assertThat(secret.input("metadata"))
        .isEqualTo(
            Map.of("namespace", "app-x", "labels", Map.of("app.kubernetes.io/name", "app-x")));
    assertThat(deployment.inputs().toString())
        .contains("valueFrom={secretKeyRef={")
        .contains("key=API_KEY");
    assertThat(lab.registered())
        .filteredOn(any -> any.request().toString().contains("for-anyone"))
        .extracting(Registered::type)
        .containsExactly("kubernetes:core/v1:Secret");
  }
}
