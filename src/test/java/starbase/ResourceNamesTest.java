package starbase;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import starbase.stack.StackFile;
import starbase.testing.Recording;
import starbase.testing.Registered;

/** The resources' names follow from the Kubernetes objects and from nothing else. */
class ResourceNamesTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  @ParameterizedTest
  @ValueSource(strings = {"lab", "idp"})
  void allNamesAreAsTheyWere(String lab) {
    assertThat(urns(record(lab))).containsExactlyElementsOf(lines(lab + ".urns"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lab", "idp"})
  void aStateWithTheFormerNamesMovesOverWhole(String lab) {
    var claimed = new HashSet<String>();
    for (var resource : record(lab).registered()) {
      for (var urn : resource.urns()) {
        assertThat(claimed.add(urn)).as("%s is claimed once", urn).isTrue();
      }
    }

    assertThat(claimed).containsAll(lines(lab + "-formerly.urns"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lab", "idp"})
  void noTwoResourcesHaveOneObject(String lab) {
    var objects =
        record(lab).registered().stream()
            .filter(any -> any.type().startsWith("kubernetes:"))
            .map(any -> any.type() + " " + object(any))
            .toList();

    assertThat(objects).doesNotHaveDuplicates();
  }

  @Test
  void anObjectKeepsItsResourceWhenItsApplicationsKeyIsRenamed() {
    var before = objects(record("lab"));

    var after = objects(record("lab", apps -> apps.set("store", apps.remove("shop"))));

    assertThat(after)
        .containsEntry(
            "Service shop/front", Objects.requireNonNull(before.get("Service shop/front")));
    assertStaysWhereItIs(before, after);
  }

  @Test
  void anObjectKeepsItsResourceWhenTheWorkloadBecomesAVariant() {
    var before = objects(record("lab"));

    var after =
        objects(
            record(
                "lab",
                apps -> {
                  var shop = (ObjectNode) apps.path("shop");
                  var old = shop.deepCopy().retain("service", "workload");
                  ((ObjectNode) old.path("service")).remove("address");
                  shop.set("variants", YAML.createObjectNode().set("old", old));
                  ((ObjectNode) shop.path("service")).put("name", "main");
                }));

    assertThat(after).containsKeys("Service shop/front", "Service shop/main");
    assertStaysWhereItIs(before, after);
  }

  /** What is both before and after has one name; what is in one of them has a name of its own. */
  private static void assertStaysWhereItIs(Map<String, String> before, Map<String, String> after) {
    before.forEach(
        (object, urn) -> {
          if (after.containsKey(object)) {
            assertThat(after).containsEntry(object, urn);
          } else {
            assertThat(after).doesNotContainValue(urn);
          }
        });
  }

  /** The resource's name, by kind, namespace and name of the object. */
  private static Map<String, String> objects(Recording recording) {
    return recording.registered().stream()
        .filter(any -> any.type().startsWith("kubernetes:"))
        .collect(
            Collectors.toMap(
                any -> any.type().substring(any.type().lastIndexOf(':') + 1) + " " + object(any),
                Registered::urn));
  }

  private static String object(Registered resource) {
    var inputs = resource.inputs();
    var named = inputs.get("metadata") instanceof Map<?, ?> metadata ? metadata : inputs;
    return Stream.of(named.get("namespace"), named.get("name"))
        .filter(Objects::nonNull)
        .map(String::valueOf)
        .collect(Collectors.joining("/"));
  }

  private static Set<String> urns(Recording recording) {
    return recording.registered().stream()
        .filter(any -> any.type().startsWith("kubernetes:"))
        .map(Registered::urn)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Recording record(String lab) {
    return record(lab, apps -> {});
  }

  private static Recording record(String lab, Consumer<ObjectNode> edit) {
    try {
      var stack = YAML.readTree(text(lab + ".yaml"));
      edit.accept((ObjectNode) stack.path("config").path("starbase:apps"));
      return RecordedLab.record(StackFile.parse(stack.toString()).checked().lab());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(String file) {
    return text(file).lines().toList();
  }

  private static String text(String file) {
    try (var stream = ResourceNamesTest.class.getResourceAsStream("/starbase/names/" + file)) {
      return new String(
          Objects.requireNonNull(stream, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
