package starbase.certs;

import io.fabric8.certmanager.api.model.v1.IssuerBuilder;
import java.util.List;
import starbase.kubernetes.Manifest;
import starbase.kubernetes.WaitFor;
import starbase.net.DnsLabel;

/**
 * Signs each certificate with its own key.
 *
 * @param name the issuer's name
 * @param namespace the namespace whose certificates it signs
 */
public record SelfSigned(DnsLabel name, DnsLabel namespace) implements IssuerConfig {
  @Override
  public String kind() {
    return "Issuer";
  }

  @Override
  public List<Manifest> chain() {
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
    return List.of(Manifest.of(issuer).readyWhen(WaitFor.condition("Ready")));
  }
}
