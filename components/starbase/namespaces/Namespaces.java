package starbase.namespaces;

import com.pulumi.kubernetes.core.v1.Namespace;
import com.pulumi.kubernetes.core.v1.NamespaceArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResourceOptions;
import java.util.Map;
import starbase.kubernetes.Awaited;
import starbase.layer.Layer;

/** Ready when all namespaces exist. */
public final class Namespaces extends Layer {
  public Namespaces(String name, NamespacesArgs args, ComponentResourceOptions options) {
    super("starbase:namespaces:Namespaces", name, args.waits(), options);
    args.namespaces()
        .forEach(
            (namespace, its) ->
                await(
                    new Namespace(
                        objectName(namespace.text()),
                        NamespaceArgs.builder()
                            .metadata(
                                ObjectMetaArgs.builder()
                                    .name(namespace.text())
                                    .labels(its.labels().orElse(Map.of()))
                                    .build())
                            .build(),
                        formerly(namespace.text())),
                    Awaited.of("v1", "Namespace", "", namespace.text())));
    registerOutputs(Map.of());
  }
}
