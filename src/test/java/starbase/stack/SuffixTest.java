package starbase.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import starbase.findings.Finding;
import starbase.net.Hostname;
import starbase.rules.MaybeSecret;
import starbase.testing.StackYaml;

/** What ${suffix} stands for. That nip.io resolves such a name is not proven here. */
class SuffixTest {
  private static LabConfig lab(StackYaml stack) {
    return StackFile.parse(stack.text()).checked().lab();
  }

  @Test
  void itIsMadeOfTheFirstWorkersAddress() {
    var lab = lab(StackYaml.of("idp"));

    assertThat(lab.suffix()).contains(new Hostname("192-168-1-21.nip.io"));
    assertThat(lab.apps().values())
        .extracting(app -> app.hostnames().get(0).text())
        .containsExactlyInAnyOrder("argocd.192-168-1-21.nip.io", "demo.192-168-1-21.nip.io");
  }

  @Test
  void theFirstWorkerIsTheOneWithTheLowestAddressInWhateverOrderTheyStand() {
    var stack = onExistingCluster().set("/starbase:machines/a", worker("192.168.1.30"));

    assertThat(lab(stack).suffix()).contains(new Hostname("192-168-1-21.nip.io"));
  }

  @Test
  void withoutWorkersItIsThatOfTheControlPlane() {
    var stack =
        onExistingCluster()
            .set("/starbase:machines/w1", nothing())
            .set("/starbase:machines/w2", nothing());

    assertThat(lab(stack).suffix()).contains(new Hostname("192-168-1-11.nip.io"));
  }

  @Test
  void theStackFilesOwnCounts() {
    var stack = StackYaml.of("idp").set("/starbase:suffix", text("platform.example"));

    assertThat(lab(stack).apps().values())
        .extracting(app -> app.hostnames().get(0).text())
        .containsExactlyInAnyOrder("argocd.platform.example", "demo.platform.example");
  }

  @Test
  void allTextsAreMeantAndNotHostnamesAlone() {
    var stack =
        StackYaml.of("idp")
            .set("/starbase:apps/demo/workload/environment/WHOAMI_NAME", text("x.${suffix},y"));

    assertThat(
            lab(stack).apps().values().stream()
                .flatMap(app -> app.workload().stream())
                .flatMap(workload -> workload.environment().orElseThrow().values().stream())
                .map(MaybeSecret::text))
        .contains("x.192-168-1-21.nip.io,y");
  }

  @Test
  void aLabThatDoesNotNameItHasNone() {
    assertThat(lab(new StackYaml()).suffix()).isEmpty();
  }

  @Test
  void oneThatCannotBeMadeIsOneProblem() {
    var stack = onExistingCluster().set("/starbase:machines", nothing());

    assertThat(stack.findings())
        .extracting(Finding::toString)
        .containsExactly(
            "starbase:suffix: is missing: values contain ${suffix}, and there is no machine to derive it from; allowed: a domain, such as lab.example; or machines in starbase:machines");
  }

  @Test
  void oneThatIsNoneIsOneProblem() {
    assertThat(StackYaml.of("idp").set("/starbase:suffix", text("nip_io")).findings())
        .singleElement()
        .asString()
        .startsWith("starbase:suffix: \"nip_io\" is not a hostname");
    assertThat(StackYaml.of("idp").set("/starbase:suffix", text("*.nip.io")).findings())
        .extracting(Finding::toString)
        .containsExactly(
            "starbase:suffix: \"*.nip.io\" is a wildcard; allowed: a domain, such as lab.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.${suffix}", "${suffix}", "${suffix}.example", "*.${suffix}"})
  void oneThatNamesItselfIsOneProblem(String suffix) {
    assertThat(StackYaml.of("idp").set("/starbase:suffix", text(suffix)).findings())
        .extracting(Finding::toString)
        .containsExactly(
            "starbase:suffix: \"%s\" contains ${suffix}, which is this key; allowed: a domain, such as lab.example; or the key left out"
                .formatted(suffix));
  }

  @Test
  void aMisspeltPlaceholderIsNoHostname() {
    var stack = StackYaml.of("idp").set("/starbase:apps/demo/hostnames/0", text("demo.${sufix}"));

    assertThat(stack.findings())
        .extracting(Finding::toString)
        .anyMatch(text -> text.startsWith("starbase:apps.demo.hostnames[0]: \"demo.${sufix}\" is"));
  }

  private static StackYaml onExistingCluster() {
    var stack = StackYaml.of("idp");
    stack.config().remove(List.of("starbase:proxmox", "starbase:machineDefaults"));
    for (var machine : stack.config().path("starbase:machines")) {
      ((ObjectNode) machine).retain("role", "address");
    }
    return stack.set("/starbase:cluster/kind", text("existing"));
  }

  private static ObjectNode worker(String address) {
    return JsonNodeFactory.instance.objectNode().put("role", "worker").put("address", address);
  }

  private static TextNode text(String value) {
    return TextNode.valueOf(value);
  }

  private static MissingNode nothing() {
    return (MissingNode) MissingNode.getInstance();
  }
}
