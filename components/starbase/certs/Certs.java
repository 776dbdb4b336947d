package starbase.certs;

import com.pulumi.resources.ComponentResourceOptions;
import java.util.Map;
import starbase.Layer;
import starbase.kubernetes.Chart;
import starbase.kubernetes.ChartValues;
import starbase.kubernetes.CustomObject;
import starbase.kubernetes.HelmRelease;
import starbase.kubernetes.Values;

/**
 * Ready when all certificates are issued. The issuer comes after the release: the chart's own check
 * Job, which Helm waits for, has seen the webhook answer by then.
 */
public final class Certs extends Layer {
  private static final String NAMESPACE = "cert-manager";

  /**
   * @param chart cert-manager's chart, where the Kubernetes provider can load it
   */
  public Certs(String name, CertsConfig config, Chart chart, ComponentResourceOptions options) {
    super("starbase:certs:Certs", name, options);
    var release =
        HelmRelease.of(
            named("release"),
            "cert-manager",
            NAMESPACE,
            chart,
            Values.merge(ChartValues.beside(Certs.class), config.values().orElse(Map.of())),
            after());
    var issuer =
        new CustomObject(named("issuer"), config.issuer().manifest(), after(release.resource()));
    config
        .certificates()
        .forEach(
            (certificate, its) ->
                new CustomObject(
                    named(certificate.text()),
                    its.manifest(certificate, config.issuer()),
                    after(issuer)));
    registerOutputs(Map.of());
  }
}
