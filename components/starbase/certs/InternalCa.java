package starbase.certs;

import io.fabric8.certmanager.api.model.v1.CertificateBuilder;
import io.fabric8.certmanager.api.model.v1.ClusterIssuerBuilder;
import java.util.List;
import java.util.Map;
import starbase.kubernetes.Manifest;
import starbase.kubernetes.Values;
import starbase.kubernetes.WaitFor;
import starbase.net.DnsLabel;
import starbase.rules.Rules;

/**
 * An authority in the cluster: a self-signed root, and an issuer for all namespaces that signs with
 * it.
 *
 * <p>A renewed root keeps its key and its name: certificates that the old root signed verify
 * against the new one, and new certificates verify against the old one until it expires. So people
 * have a whole year to trust the new root.
 *
 * @param name the name of the issuer, the root certificate and its secret, and the common name that
 *     people see
 * @param namespace the namespace of this lab's certificates
 */
public record InternalCa(DnsLabel name, DnsLabel namespace) implements IssuerConfig {
  /** Ten years: people have to trust it once on every device of theirs. */
  private static final String LIFE = "87600h";

  /** A year, in which the old and the new one are both good. */
  private static final String RENEWED_BEFORE_END = "8760h";

  private static final int LONGEST_NAME = 58;

  /**
   * @throws IllegalArgumentException if the name is too long for another with {@code -root} at its
   *     end
   */
  public InternalCa {
    new Rules()
        .require(
            name.text().length() <= LONGEST_NAME,
            "name",
            "has %d characters".formatted(name.text().length()),
            "up to %d characters".formatted(LONGEST_NAME))
        .enforce();
  }

  @Override
  public String kind() {
    return "ClusterIssuer";
  }

  @Override
  public boolean hasOwnRoot() {
    return true;
  }

  @Override
  public List<Manifest> chain() {
    return List.of(signer(), root(), issuer());
  }

  private String signerName() {
    return name + "-root";
  }

  private Manifest signer() {
    var signer =
        new ClusterIssuerBuilder()
            .withNewMetadata()
            .withName(signerName())
            .endMetadata()
            .withNewSpec()
            .withNewSelfSigned()
            .endSelfSigned()
            .endSpec()
            .build();
    return Manifest.of(signer).readyWhen(WaitFor.condition("Ready"));
  }

  /** In cert-manager's namespace, where a ClusterIssuer looks for its secret. */
  private Manifest root() {
    var root =
        new CertificateBuilder()
            .withNewMetadata()
            .withName(name.text())
            .withNamespace(Certs.NAMESPACE)
            .endMetadata()
            .withNewSpec()
            .withIsCA(true)
            .withSecretName(name.text())
            .withCommonName(name.text())
            .withNewPrivateKey()
            .withAlgorithm("ECDSA")
            .withSize(256)
            .withRotationPolicy("Never")
            .endPrivateKey()
            .withNewIssuerRef()
            .withName(signerName())
            .withKind("ClusterIssuer")
            .withGroup("cert-manager.io")
            .endIssuerRef()
            .endSpec()
            .build();
    // The model writes lengths of time in nanoseconds, which nobody wants to read in a preview.
    var life = Map.of("spec", Map.of("duration", LIFE, "renewBefore", RENEWED_BEFORE_END));
    return new Manifest(Values.merge(Manifest.of(root).tree(), life))
        .readyWhen(WaitFor.condition("Ready"));
  }

  private Manifest issuer() {
    var issuer =
        new ClusterIssuerBuilder()
            .withNewMetadata()
            .withName(name.text())
            .endMetadata()
            .withNewSpec()
            .withNewCa()
            .withSecretName(name.text())
            .endCa()
            .endSpec()
            .build();
    return Manifest.of(issuer).readyWhen(WaitFor.condition("Ready"));
  }
}
