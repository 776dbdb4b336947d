package starbase.certs;

import io.fabric8.certmanager.api.model.v1.IssuerBuilder;
import starbase.kubernetes.Manifest;
import starbase.kubernetes.WaitFor;
import starbase.net.DnsLabel;

/** Who signs the certificates. */
public sealed interface IssuerConfig {
  /** The issuer's name. */
  DnsLabel name();

  /** The namespace whose certificates it signs. */
  DnsLabel namespace();

  /** The issuer as an object of the cluster. */
  Manifest manifest();

  /**
   * Every certificate is its own authority.
   *
   * @param name the issuer's name
   * @param namespace the namespace whose certificates it signs
   */
  record SelfSigned(DnsLabel name, DnsLabel namespace) implements IssuerConfig {
    @Override
    public Manifest manifest() {
      var issuer =
          new IssuerBuilder()
              .withNewMetadata()
              .withName(name.text())
              .withNamespace(namespace.text())
              .endMetadata()
              .withNewSpec()
              .withNewSelfSigned()
              .endSelfSigned()
              .endSpec()
              .build();
      return Manifest.of(issuer).readyWhen(WaitFor.condition("Ready"));
    }
  }
}
