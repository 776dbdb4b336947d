package starbase.gateways;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteNamespaces;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteNamespacesBuilder;
import java.util.Map;
import starbase.rules.Rules;

/** The namespaces whose routes may attach to a listener. */
public sealed interface AllowedRoutes {
  /** Whether routes of a namespace with these labels may. */
  boolean allow(Map<String, String> labels);

  /** The same as the Gateway API has it. */
  RouteNamespaces namespaces();

  /** All namespaces. */
  record All() implements AllowedRoutes {
    @Override
    public boolean allow(Map<String, String> labels) {
      return true;
    }

    @Override
    public RouteNamespaces namespaces() {
      return new RouteNamespacesBuilder().withFrom("All").build();
    }
  }

  /**
   * Namespaces that have all of these labels.
   *
   * @param labels the labels; {@code kubernetes.io/metadata.name} is a namespace's name
   */
  record Labelled(Map<String, String> labels) implements AllowedRoutes {
    /**
     * @throws IllegalArgumentException if there are no labels
     */
    public Labelled {
      new Rules()
          .require(!labels.isEmpty(), "labels", "is empty", "at least one label, or kind: all")
          .enforce();
    }

    @Override
    public boolean allow(Map<String, String> given) {
      return given.entrySet().containsAll(labels.entrySet());
    }

    @Override
    public RouteNamespaces namespaces() {
      return new RouteNamespacesBuilder()
          .withFrom("Selector")
          .withNewSelector()
          .withMatchLabels(labels)
          .endSelector()
          .build();
    }
  }
}
