package starbase.tools.pullrequest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.TreeSet;

/**
 * What happens to one resource.
 *
 * @param urn which one
 * @param object the Kubernetes object's namespace/name; the resource's name if it is no such object
 * @param fields what changes of it, if it was there and stays
 * @param retained whether a deletion only makes Pulumi forget it
 */
record Change(Kind kind, Urn urn, String object, List<Field> fields, boolean retained) {
  /** One step of the engine's plan. */
  static Change of(Kind kind, JsonNode step) {
    var urn = Urn.parse(step.path("urn").asText());
    var old = step.path("oldState").path("inputs");
    var fresh = step.path("newState").path("inputs");
    var fields = kind == Kind.UPDATE || kind == Kind.REPLACE ? fields(urn, step) : List.<Field>of();
    boolean retained = step.path("oldState").path("retainOnDelete").asBoolean();
    return new Change(kind, urn, object(urn, kind == Kind.DELETE ? old : fresh), fields, retained);
  }

  private static String object(Urn urn, JsonNode inputs) {
    var metadata = inputs.path("metadata");
    var name = metadata.path("name").asText();
    var namespace = metadata.path("namespace").asText();
    if (name.isEmpty()) {
      return urn.name();
    }
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }

  private static List<Field> fields(Urn urn, JsonNode step) {
    var paths = new TreeSet<String>();
    step.path("detailedDiff").fieldNames().forEachRemaining(paths::add);
    if (paths.isEmpty()) {
      // A provider need not give details.
      step.path("diffReasons").forEach(reason -> paths.add(reason.asText()));
    }
    return paths.stream()
        .map(
            path ->
                new Field(
                    path, value(urn, step, "oldState", path), value(urn, step, "newState", path)))
        .toList();
  }

  private static String value(Urn urn, JsonNode step, String state, String path) {
    var input = PropertyPath.in(step.path(state).path("inputs"), path);
    var value =
        input.isMissingNode() && state.equals("oldState")
            ? PropertyPath.in(step.path(state).path("outputs"), path)
            : input;
    var text = ShownValues.text(value);
    return !text.isEmpty() && secret(urn, path) ? ShownValues.SECRET : text;
  }

  /** The engine masks what a program calls a secret; what Kubernetes calls one is masked too. */
  private static boolean secret(Urn urn, String path) {
    return urn.type().equals("kubernetes:core/v1:Secret") && path.matches("(data|stringData)\\b.*");
  }
}
