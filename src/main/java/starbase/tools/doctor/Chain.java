package starbase.tools.doctor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The certificates of a TLS secret.
 *
 * @param certificates the server's own first, then each one's issuer
 */
record Chain(List<X509Certificate> certificates) {
  private static final int DNS_NAME = 2;

  /**
   * Reads a secret.
   *
   * @throws CertificateException if it holds no certificate, or one that cannot be read
   */
  static Chain of(Secret secret) throws CertificateException {
    var encoded = Optional.ofNullable(secret.getData()).map(data -> data.get("tls.crt")).orElse("");
    if (encoded.isEmpty()) {
      throw new CertificateException("it has no tls.crt");
    }
    var text = decoded(encoded);
    var read =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(text.getBytes(ISO_8859_1)))
            .stream()
            .map(X509Certificate.class::cast)
            .toList();
    if (read.isEmpty()) {
      throw new CertificateException("its tls.crt holds no certificate");
    }
    return new Chain(read);
  }

  X509Certificate server() {
    return certificates.get(0);
  }

  /**
   * The hostnames that it is for.
   *
   * @throws CertificateParsingException if they cannot be read
   */
  List<String> names() throws CertificateParsingException {
    return Optional.ofNullable(server().getSubjectAlternativeNames()).stream()
        .flatMap(Collection::stream)
        .filter(name -> Integer.valueOf(DNS_NAME).equals(name.get(0)))
        .map(name -> String.valueOf(name.get(1)))
        .toList();
  }

  /** Who has issued it, as the certificate says, up to the last that the secret holds. */
  String issuers() {
    return server().getSubjectX500Principal().equals(server().getIssuerX500Principal())
        ? "itself"
        : String.join(
            ", by ",
            certificates.stream().map(each -> each.getIssuerX500Principal().getName()).toList());
  }

  /** The first certificate that is not issued by the next. */
  Optional<X509Certificate> gap() {
    for (int i = 0; i + 1 < certificates.size(); i++) {
      if (!certificates
          .get(i)
          .getIssuerX500Principal()
          .equals(certificates.get(i + 1).getSubjectX500Principal())) {
        return Optional.of(certificates.get(i));
      }
    }
    return Optional.empty();
  }

  private static String decoded(String encoded) throws CertificateException {
    try {
      return new String(Base64.getDecoder().decode(encoded), ISO_8859_1);
    } catch (IllegalArgumentException e) {
      throw new CertificateException("its tls.crt is not Base64", e);
    }
  }
}
