package starbase.certs;

import io.fabric8.certmanager.api.model.v1.CertificateBuilder;
import java.util.List;
import starbase.kubernetes.Manifest;
import starbase.kubernetes.WaitFor;
import starbase.net.DnsLabel;
import starbase.net.Hostname;
import starbase.rules.Rules;

/**
 * One certificate.
 *
 * @param commonName required: a self-signed certificate without one has an empty issuer, which Java
 *     can't parse (cert-manager#3634)
 * @param dnsNames the hostnames that it covers
 */
public record CertificateConfig(Hostname commonName, List<Hostname> dnsNames) {
  private static final int MAX_COMMON_NAME = 64;

  /**
   * @throws IllegalArgumentException if there are no hostnames or one stands twice, or the common
   *     name is longer than the 64 characters of RFC 5280
   */
  public CertificateConfig {
    var rules =
        new Rules()
            .require(!dnsNames.isEmpty(), "dnsNames", "is empty", "at least one hostname")
            .require(
                commonName.text().length() <= MAX_COMMON_NAME,
                "commonName",
                "has %d characters".formatted(commonName.text().length()),
                "up to %d characters".formatted(MAX_COMMON_NAME));
    for (int i = 0; i < dnsNames.size(); i++) {
      rules.require(
          dnsNames.indexOf(dnsNames.get(i)) == i,
          "dnsNames[" + i + "]",
          "is listed twice",
          "each hostname once");
    }
    rules.enforce();
  }

  /** The certificate as an object of the cluster, in its issuer's namespace. */
  Manifest manifest(DnsLabel name, IssuerConfig issuer) {
    var certificate =
        new CertificateBuilder()
            .withNewMetadata()
            .withName(name.text())
            .withNamespace(issuer.namespace().text())
            .endMetadata()
            .withNewSpec()
            .withSecretName(name.text())
            .withCommonName(commonName.text())
            .withDnsNames(dnsNames.stream().map(Hostname::text).toList())
            .withNewPrivateKey()
            .withAlgorithm("RSA")
            .withSize(2048)
            .withRotationPolicy("Always")
            .endPrivateKey()
            .withNewIssuerRef()
            .withName(issuer.name().text())
            .withKind(issuer.kind())
            .withGroup("cert-manager.io")
            .endIssuerRef()
            .endSpec()
            .build();
    return Manifest.of(certificate).readyWhen(WaitFor.condition("Ready"));
  }
}
