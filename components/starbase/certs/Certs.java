package starbase.certs;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import starbase.kubernetes.Awaited;
import starbase.kubernetes.ChartValues;
import starbase.kubernetes.HelmRelease;
import starbase.kubernetes.Manifest;
import starbase.kubernetes.SecretText;
import starbase.kubernetes.Values;
import starbase.layer.Layer;

/**
 * Ready when all certificates are issued. The issuer comes when the chart's workloads are rolled
 * out and the webhook answers.
 */
public final class Certs extends Layer {
  /** Where cert-manager is, and where a ClusterIssuer looks for its secrets. */
  public static final String NAMESPACE = "cert-manager";

  private static final String RELEASE = "cert-manager";

  private final Optional<Output<String>> root;

  public Certs(String name, CertsArgs args, ComponentResourceOptions options) {
    super("starbase:certs:Certs", name, args.waits(), options);
    var config = args.config();
    var release =
        HelmRelease.create(
            objectName(NAMESPACE, RELEASE),
            RELEASE,
            NAMESPACE,
            args.chart(),
            Values.merge(ChartValues.beside(Certs.class), config.values().orElse(Map.of())),
            formerly("release"));
    await(release, Awaited.release(NAMESPACE, RELEASE));
    await(release, Awaited.creatable(any()));
    var issuer = issuer(config.issuer(), release);
    Optional<Output<String>> found = Optional.empty();
    for (var certificate : config.certificates().entrySet()) {
      var manifest = certificate.getValue().manifest(certificate.getKey(), config.issuer());
      var object = createObject(manifest, certificate.getKey().text(), issuer);
      if (config.issuer().hasOwnRoot() && found.isEmpty()) {
        found =
            Optional.of(
                SecretText.create(
                    objectName(manifest),
                    config.issuer().namespace(),
                    certificate.getKey(),
                    "ca.crt",
                    formerly("root", object)));
      }
    }
    this.root = found;
    registerOutputs(
        found.<Map<String, Output<?>>>map(root -> Map.of("root", root)).orElse(Map.of()));
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
      last = createObject(chain.get(i), link, last);
    }
    return last;
  }

  /** A certificate that is never made: whether it could be tells that the webhook answers. */
  private static Manifest any() {
    return new Manifest(
        Map.of(
            "apiVersion",
            "cert-manager.io/v1",
            "kind",
            "Certificate",
            "metadata",
            Map.of("name", "does-the-webhook-answer", "namespace", NAMESPACE),
            "spec",
            Map.of(
                "secretName",
                "does-the-webhook-answer",
                "dnsNames",
                List.of("webhook.invalid"),
                "issuerRef",
                Map.of("name", "none"))));
  }
}
