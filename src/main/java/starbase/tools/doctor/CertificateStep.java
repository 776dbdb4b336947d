package starbase.tools.doctor;

import io.fabric8.certmanager.api.model.v1.Certificate;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import starbase.tools.status.Conditions;

/** The listener's secret holds a certificate for the host that is valid now, and is kept so. */
record CertificateStep() implements Step {
  @Override
  public String name() {
    return "certificate";
  }

  @Override
  public Owner layer() {
    return Owner.CERTS;
  }

  @Override
  public StepResult examine(Examination examination) {
    if (!examination.target().tls()) {
      return StepResult.fine("none: plain HTTP");
    }
    var path = examination.requestPath();
    var names = References.certificates(path.gateway(), examination.listener()).toList();
    if (names.isEmpty()) {
      return broken(
          path.name(), "listener %s names no certificate", examination.listener().getName());
    }
    var name = names.get(0);
    var secret = ClusterObjects.find(examination.cluster().secrets(), name);
    var certificate = certificate(examination, name);
    if (secret.isEmpty()) {
      return broken(
          name,
          "Secret %s does not exist; %s",
          name,
          certificate.map(CertificateStep::said).orElse("no Certificate creates it"));
    }
    try {
      return judged(examination, secret.get(), certificate);
    } catch (CertificateException e) {
      return broken(name, "Secret %s cannot be read: %s", name, String.valueOf(e.getMessage()));
    }
  }

  /** The certificates that a client may trust who was told of the listener's secret. */
  static List<X509Certificate> trusted(Examination examination) {
    return References.certificates(examination.requestPath().gateway(), examination.listener())
        .findFirst()
        .flatMap(name -> ClusterObjects.find(examination.cluster().secrets(), name))
        .map(
            secret -> {
              try {
                return Chain.of(secret).certificates();
              } catch (CertificateException e) {
                throw new IllegalStateException("read before by examine", e);
              }
            })
        .orElse(List.of());
  }

  private static StepResult judged(
      Examination examination, Secret secret, Optional<Certificate> certificate)
      throws CertificateException {
    var name = Name.of(secret);
    var chain = Chain.of(secret);
    var host = examination.target().host();
    var names = chain.names();
    var end = chain.server().getNotAfter().toInstant();
    if (names.stream().noneMatch(each -> Match.certifies(each, host))) {
      return broken(
          name,
          "the certificate in Secret %s is not for %s but for %s",
          name,
          host,
          String.join(", ", names));
    }
    if (end.isBefore(examination.now())) {
      return broken(name, "the certificate in Secret %s has expired at %s", name, end);
    }
    var gap = chain.gap();
    if (gap.isPresent()) {
      return broken(
          name,
          "the chain in Secret %s breaks off: %s did not sign the certificate before it",
          name,
          gap.get().getIssuerX500Principal());
    }
    var complaint = certificate.flatMap(each -> Conditions.of(each).complaint("Ready"));
    if (complaint.isPresent()) {
      return broken(name, "Certificate of Secret %s: %s", name, complaint.get());
    }
    return ListenerStatuses.certificateComplaints(examination.requestPath())
        .findFirst()
        .map(
            each ->
                broken(
                    name,
                    "the Gateway does not accept Secret %s: %s",
                    name,
                    String.valueOf(each.getMessage())))
        .orElseGet(
            () ->
                StepResult.fine(
                    "Secret %s: for %s, issued by %s, %d days left",
                    name,
                    String.join(", ", names),
                    chain.issuers(),
                    Duration.between(examination.now(), end).toDays()));
  }

  private static Optional<Certificate> certificate(Examination examination, Name secret) {
    return examination.cluster().certificates().stream()
        .filter(
            each ->
                new Name(each.getMetadata().getNamespace(), each.getSpec().getSecretName())
                    .equals(secret))
        .findFirst();
  }

  private static String said(Certificate certificate) {
    return "Certificate %s: %s"
        .formatted(
            Name.of(certificate),
            Conditions.of(certificate).complaint("Ready").orElse("Ready is still True"));
  }

  private static StepResult broken(Name name, String form, Object... values) {
    return StepResult.broken(
        Owner.CERTS,
        "kubectl -n %s describe certificate,issuer".formatted(name.namespace()),
        form,
        values);
  }
}
