package starbase.apps;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import starbase.kubernetes.Manifest;
import starbase.kubernetes.MetadataConfig;
import starbase.kubernetes.WaitFor;
import starbase.net.DnsLabel;

/** The route to an application, computed from its configuration. */
final class Route {
  private Route() {}

  /**
   * The route. Usually it names listeners: a route without a sectionName also binds to the HTTP
   * listener and loops with its redirect (cilium#34539).
   *
   * @param parents what it attaches to
   */
  static Manifest manifest(DnsLabel app, AppConfig config, List<Parent> parents) {
    var its = config.metadata().orElse(MetadataConfig.NONE);
    var metadata =
        new ObjectMetaBuilder()
            .withName(app.text())
            .withNamespace(config.namespace().text())
            .withLabels(its.labelled())
            .withAnnotations(its.annotated())
            .build();
    var references = parents.stream().map(Parent::reference).toList();
    return Manifest.of(
            config.routed().route(metadata, references, config.hostnames(), config.service()))
        .readyWhen(WaitFor.parentCondition("Accepted"), WaitFor.parentCondition("ResolvedRefs"));
  }
}
