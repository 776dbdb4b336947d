package starbase.certs;

import io.fabric8.certmanager.api.model.v1.ClusterIssuerBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import starbase.kubernetes.Manifest;
import starbase.kubernetes.WaitFor;
import starbase.net.DnsLabel;
import starbase.rules.Rules;

/**
 * A public authority that signs for those who can write the names' DNS zone (RFC 8555, section
 * 8.4). It signs wildcards, and it does not have to reach the lab.
 *
 * @param name the issuer's name, and that of the secret with the account's key
 * @param namespace the namespace of this lab's certificates
 * @param server the address of the authority's directory
 * @param email the contact address of the authority's account
 * @param solver the way to write the DNS record that proves ownership
 * @param caBundle certificates that verify the server, in PEM; default: the system's
 */
public record AcmeDns01(
    DnsLabel name,
    DnsLabel namespace,
    URI server,
    String email,
    Dns01Solver solver,
    Optional<String> caBundle)
    implements IssuerConfig {
  /**
   * @throws IllegalArgumentException if server is no address of a web server, email is none, or
   *     caBundle is not PEM
   */
  public AcmeDns01 {
    new Rules()
        .require(
            "https".equals(server.getScheme()) && server.getHost() != null,
            "server",
            "is not the directory of an ACME server",
            "a URL that starts with https://, such as https://acme-v02.api.letsencrypt.org/directory")
        .require(
            email.matches("[^@\\s]+@[^@\\s]+"),
            "email",
            "is not an email address",
            "an address such as me@home.uk")
        .require(
            caBundle.map(pem -> pem.contains("-----BEGIN CERTIFICATE-----")).orElse(true),
            "caBundle",
            "contains no certificate",
            "certificates in PEM")
        .enforce();
  }

  @Override
  public String kind() {
    return "ClusterIssuer";
  }

  /** The secret in cert-manager's namespace with the account's key. */
  public String accountSecret() {
    return name + "-account";
  }

  @Override
  public List<Manifest> chain() {
    var issuer =
        new ClusterIssuerBuilder()
            .withNewMetadata()
            .withName(name.text())
            .endMetadata()
            .withNewSpec()
            .withNewAcme()
            .withServer(server.toString())
            .withEmail(email)
            .withNewPrivateKeySecretRef()
            .withName(accountSecret())
            .endPrivateKeySecretRef()
            .addNewSolver()
            .withDns01(solver.dns01())
            .endSolver();
    caBundle.ifPresent(
        pem ->
            issuer.withCaBundle(
                Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8))));
    return List.of(
        Manifest.of(issuer.endAcme().endSpec().build()).readyWhen(WaitFor.condition("Ready")));
  }
}
