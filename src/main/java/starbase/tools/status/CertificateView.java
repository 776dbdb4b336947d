package starbase.tools.status;

import io.fabric8.certmanager.api.model.v1.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** What a certificate says of itself. */
final class CertificateView {
  private CertificateView() {}

  /** The secret that it is kept in, as namespace and name. */
  static String secret(Certificate certificate) {
    return certificate.getMetadata().getNamespace() + "/" + certificate.getSpec().getSecretName();
  }

  static String issuer(Certificate certificate) {
    return certificate.getSpec().getIssuerRef().getName();
  }

  /** The day that it expires on, and how many days are left; a dash if it was never issued. */
  static String expiry(Certificate certificate, Clock clock) {
    return Optional.ofNullable(certificate.getStatus())
        .flatMap(status -> Optional.ofNullable(status.getNotAfter()))
        .map(Instant::parse)
        .map(
            end ->
                "%s (%d days)"
                    .formatted(
                        end.atZone(ZoneOffset.UTC).toLocalDate(),
                        Duration.between(clock.instant(), end).toDays()))
        .orElse("-");
  }
}
