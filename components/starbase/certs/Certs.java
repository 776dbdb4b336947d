package starbase.certs;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import java.util.Map;
import java.util.Optional;
import starbase.Layer;
import starbase.kubernetes.Chart;
import starbase.kubernetes.ChartValues;
import starbase.kubernetes.CustomObject;
import starbase.kubernetes.HelmRelease;
import starbase.kubernetes.SecretText;
import starbase.kubernetes.Values;

/**
 * Ready when all certificates are issued. The issuer comes after the release: the chart's own check
 * Job, which Helm waits for, has seen the webhook answer by then.
 */
public final class Certs extends Layer {
  static final String NAMESPACE = "cert-manager";

  private static final String RELEASE = "cert-manager";

  private final Optional<Output<String>> root;

  /**
   * @param chart cert-manager's chart, where the Kubernetes provider can load it
   */
  public Certs(String name, CertsConfig config, Chart chart, ComponentResourceOptions options) {
    super("starbase:certs:Certs", name, options);
    var release =
        HelmRelease.of(
            objectName(NAMESPACE, RELEASE),
            RELEASE,
            NAMESPACE,
            chart,
            Values.merge(ChartValues.beside(Certs.class), config.values().orElse(Map.of())),
            formerly("release"));
    var issuer = issuer(config.issuer(), release.resource());
    Optional<Output<String>> found = Optional.empty();
    for (var certificate : config.certificates().entrySet()) {
      var manifest = certificate.getValue().manifest(certificate.getKey(), config.issuer());
      var object =
          new CustomObject(
              objectName(manifest), manifest, formerly(certificate.getKey().text(), issuer));
      if (config.issuer().hasOwnRoot() && found.isEmpty()) {
        found =
            Optional.of(
                SecretText.of(
                    objectName(manifest),
                    config.issuer().namespace(),
                    certificate.getKey(),
                    "ca.crt",
                    formerly("root", object)));
      }
    }
    this.root = found;
    registerOutputs(Map.of());
  }

  /**
   * The certificate that people have to trust, in PEM; nothing if there is no such one.
   *
   * <p>From the secret of a certificate, not from the authority's own: what is read is kept in the
   * stack's state, if encrypted, and the authority's key has no business there.
   */
  public Optional<Output<String>> root() {
    return root;
  }

  /** The last of the issuer's chain; each after the other. */
  private Resource issuer(IssuerConfig config, Resource release) {
    var last = release;
    var chain = config.chain();
    for (int i = 0; i < chain.size(); i++) {
      var link = i == chain.size() - 1 ? "issuer" : "issuer-" + (i + 1);
      last = new CustomObject(objectName(chain.get(i)), chain.get(i), formerly(link, last));
    }
    return last;
  }
}
