package starbase.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import starbase.stack.LabConfig;
import starbase.stack.StackFile;
import starbase.testing.StackYaml;

/**
 * The objects by which applications are reached: of a plan, or of a cluster those that Pulumi made.
 * By kind, namespace and name, as in {@code Service shop/front}.
 */
final class Exposed {
  private static final String KINDS = "deployment,service,httproute,gateway";
  private static final String NONE = "";

  private Exposed() {}

  /**
   * What a file plans: the address that each object asks for, empty for those that ask for none.
   */
  static Map<String, String> planned(StackYaml stack) {
    LabConfig lab = StackFile.parse(stack.text()).checked().lab();
    var planned = new TreeMap<String, String>();
    lab.apps()
        .forEach(
            (name, app) -> {
              app.made(name)
                  .forEach(
                      (pods, made) -> {
                        planned.put(named("Deployment", app.namespace(), pods), NONE);
                        planned.put(
                            named("Service", app.namespace(), made.service().name()),
                            made.service().address().map(Object::toString).orElse(NONE));
                      });
              planned.put(named("HTTPRoute", app.namespace(), name), NONE);
            });
    lab.gateways()
        .forEach(
            (name, gateway) -> {
              planned.put(
                  named("Gateway", gateway.namespace(), name),
                  gateway.exposed().asked().orElseThrow().toString());
              gateway
                  .redirecting()
                  .forEach(
                      listener ->
                          planned.put(
                              named(
                                  "HTTPRoute",
                                  gateway.namespace(),
                                  "%s-%s-to-https".formatted(name, listener.name())),
                              NONE));
            });
    return planned;
  }

  /** What the cluster has: each object as the API server hands it out. */
  static Map<String, JsonNode> live(VirtualLab.Running lab) {
    var live = new TreeMap<String, JsonNode>();
    for (var object : lab.get(KINDS, "-A", "--show-managed-fields").at("/items")) {
      var managers = object.at("/metadata/managedFields").findValuesAsText("manager");
      if (managers.stream().anyMatch(manager -> manager.startsWith("pulumi-kubernetes"))) {
        live.put(
            named(
                object.at("/kind").asText(),
                object.at("/metadata/namespace").asText(),
                object.at("/metadata/name").asText()),
            object);
      }
    }
    return live;
  }

  /** The address that a Service or a Gateway has. */
  private static String address(JsonNode object) {
    return object.at("/kind").asText().equals("Gateway")
        ? object.at("/status/addresses/0/value").asText()
        : object.at("/status/loadBalancer/ingress/0/ip").asText();
  }

  /** Waits until the cluster has exactly what a file plans, each with its address. */
  static void awaitAsPlanned(VirtualLab.Running lab, StackYaml stack, Duration patience) {
    var planned = planned(stack);
    Wait.until(
        "the cluster has what the stack file plans",
        patience,
        () -> addresses(lab).equals(planned),
        () -> "planned: %s%nthere: %s".formatted(planned, addresses(lab)));
  }

  private static Map<String, String> addresses(VirtualLab.Running lab) {
    var addresses = new TreeMap<String, String>();
    live(lab).forEach((name, object) -> addresses.put(name, address(object)));
    return addresses;
  }

  static String uid(JsonNode object) {
    return object.at("/metadata/uid").asText();
  }

  private static String named(String kind, Object namespace, Object name) {
    return "%s %s/%s".formatted(kind, namespace, name);
  }
}
