package starbase.stack.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import starbase.testing.SampleLab;

/**
 * The definitions that are kept as resources, made of the pinned modules: without texts for people
 * and without the status, which nobody writes here. Of the charts' definitions, those that are kept
 * are of kinds that this program makes; of the Gateway API all.
 */
final class Kept {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final YAMLMapper YAML = new YAMLMapper();

  private static final Set<String> OF_CHARTS =
      Set.of(
          "cilium.io/v2/CiliumClusterwideNetworkPolicy",
          "cilium.io/v2/CiliumLoadBalancerIPPool",
          "cilium.io/v2/CiliumNetworkPolicy",
          "cilium.io/v2alpha1/CiliumGatewayClassConfig",
          "cilium.io/v2alpha1/CiliumL2AnnouncementPolicy",
          "cert-manager.io/v1/Certificate",
          "cert-manager.io/v1/ClusterIssuer",
          "cert-manager.io/v1/Issuer");

  /** What a template reads of the values, and whether it hands on the whole of it. */
  private static final Pattern READ =
      Pattern.compile(
          "(?<whole>with |toYaml |include \"[^\"]*\" )?\\.Values(?<path>(?:\\.[a-zA-Z]\\w*)+)");

  private final Map<String, ObjectNode> all = new TreeMap<>();

  private Kept() {}

  /** By name, as {@link Definition} looks for them. */
  static Map<String, ObjectNode> ofThePinnedModules() throws IOException {
    var versions = JSON.readTree(SampleLab.module("versions.json").toFile());
    var kept = new Kept();
    kept.kinds("gateway-api/config/crd/standard", versions.path("gateway-api").asText());
    kept.kinds("cilium/crds/v2", versions.path("cilium").asText());
    kept.kinds("cilium/crds/v2alpha1", versions.path("cilium").asText());
    kept.kinds("charts/cert-manager/templates", versions.path("cert-manager").asText());
    kept.values("cilium", versions.path("cilium").asText());
    kept.values("cert-manager", versions.path("cert-manager").asText());
    return kept.all;
  }

  private void kinds(String folder, String version) throws IOException {
    try (var files = Files.list(SampleLab.module(folder))) {
      for (var file : files.filter(each -> each.toString().endsWith(".yaml")).sorted().toList()) {
        var definition = YAML.readTree(withoutTemplates(file));
        if (definition.path("kind").asText().equals("CustomResourceDefinition")) {
          kind(definition, version);
        }
      }
    }
  }

  /** A chart's templates: its lines are no YAML, and all that matters here is between them. */
  private static String withoutTemplates(Path file) throws IOException {
    var text = Files.readString(file);
    return text.contains("kind: CustomResourceDefinition")
        ? text.lines().filter(line -> !line.contains("{{")).collect(Collectors.joining("\n"))
        : "";
  }

  private void kind(JsonNode definition, String from) {
    for (var version : definition.at("/spec/versions")) {
      var name =
          "%s/%s/%s"
              .formatted(
                  definition.at("/spec/group").asText(),
                  version.path("name").asText(),
                  definition.at("/spec/names/kind").asText());
      boolean isOurs = name.startsWith("gateway.networking.k8s.io/v1/") || OF_CHARTS.contains(name);
      if (isOurs && version.path("served").asBoolean()) {
        var schema = plain(version.at("/schema/openAPIV3Schema"), definition);
        schema.withObject("properties").remove("status");
        all.put(name, named(from, schema));
      }
    }
  }

  private void values(String chart, String version) throws IOException {
    var folder = SampleLab.module("charts/" + chart);
    var schema = JSON.readTree(folder.resolve("values.schema.json").toFile());
    var plain = plain(schema, schema);
    // A chart that lets unknown values pass has some that stand in its comments and templates only.
    if (!plain.has("additionalProperties")) {
      try (var templates = Files.walk(folder.resolve("templates"))) {
        for (var file : templates.filter(Files::isRegularFile).sorted().toList()) {
          READ.matcher(Files.readString(file))
              .results()
              .forEach(
                  read ->
                      add(
                          plain,
                          List.of(read.group(2).substring(1).split("\\.")),
                          read.group(1) != null));
        }
      }
    }
    all.put("charts/" + chart, named(version, plain));
  }

  /**
   * Adds a value that a template reads, with nothing said of it. One that it hands on as a whole
   * may hold more than the chart's own values do.
   */
  private static void add(ObjectNode schema, List<String> path, boolean whole) {
    var at = schema;
    for (var name : path) {
      if (!(at.path("properties") instanceof ObjectNode properties)) {
        return; // free to hold anything
      }
      at = properties.path(name) instanceof ObjectNode below ? below : properties.putObject(name);
    }
    if (whole && at.has("properties")) {
      at.put("x-kubernetes-preserve-unknown-fields", true);
    }
  }

  private static ObjectNode named(String version, ObjectNode schema) {
    var named = JSON.createObjectNode().put(Definition.VERSION, version);
    return named.setAll(schema);
  }

  /** The same without descriptions, and with what references stand for in their place. */
  private static ObjectNode plain(JsonNode schema, JsonNode root) {
    var resolved = schema.has("$ref") ? root.at(schema.path("$ref").asText().substring(1)) : schema;
    if (resolved.has("$ref")) {
      return plain(resolved, root);
    }
    var plain = JSON.createObjectNode();
    resolved
        .properties()
        .forEach(
            each -> {
              switch (each.getKey()) {
                case "description", "$defs", "$schema" -> {}
                case "properties" ->
                    each.getValue()
                        .properties()
                        .forEach(
                            below ->
                                plain
                                    .withObject("properties")
                                    .set(below.getKey(), plain(below.getValue(), root)));
                case "items", "additionalProperties", "not" ->
                    plain.set(
                        each.getKey(),
                        each.getValue().isObject()
                            ? plain(each.getValue(), root)
                            : each.getValue());
                case "allOf", "anyOf", "oneOf" -> {
                  var list = plain.putArray(each.getKey());
                  each.getValue().forEach(below -> list.add(plain(below, root)));
                }
                default -> plain.set(each.getKey(), each.getValue());
              }
            });
    return plain;
  }
}
