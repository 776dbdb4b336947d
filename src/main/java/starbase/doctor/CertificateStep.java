package starbase.doctor;

import io.fabric8.certmanager.api.model.v1.Certificate;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import starbase.status.Conditions;

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
  public Finding examine(Subject subject) {
    if (!subject.target().tls()) {
      return Finding.fine("none: plain HTTP");
    }
    var way = subject.itsWay();
    var names = References.certificates(way.gateway(), subject.listener()).toList();
    if (names.isEmpty()) {
      return broken(way.name(), "listener %s names no certificate", subject.listener().getName());
    }
    var name = names.get(0);
    var secret = Cluster.find(subject.cluster().secrets(), name);
    var certificate = certificate(subject, name);
    if (secret.isEmpty()) {
      return broken(
          name,
          "Secret %s does not exist; %s",
          name,
          certificate.map(CertificateStep::said).orElse("no Certificate creates it"));
    }
    try {
      return judged(subject, secret.get(), certificate);
    } catch (CertificateException e) {
      return broken(name, "Secret %s cannot be read: %s", name, String.valueOf(e.getMessage()));
    }
  }

  /** The certificates that a client may trust who was told of the listener's secret. */
  static List<X509Certificate> trusted(Subject subject) {
    return References.certificates(subject.itsWay().gateway(), subject.listener())
        .findFirst()
        .flatMap(name -> Cluster.find(subject.cluster().secrets(), name))
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

  private static Finding judged(Subject subject, Secret secret, Optional<Certificate> certificate)
      throws CertificateException {
    var name = Name.of(secret);
    var chain = Chain.of(secret);
    var host = subject.target().host();
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
    if (end.isBefore(subject.now())) {
      return broken(name, "the certificate in Secret %s has expired at %s", name, end);
    }
    var gap = chain.gap();
    if (gap.isPresent()) {
      return broken(
          name,
          "the chain in Secret %s breaks off: %s is not what follows",
          name,
          gap.get().getIssuerX500Principal());
    }
    var complaint = certificate.flatMap(each -> Conditions.of(each).complaint("Ready"));
    if (complaint.isPresent()) {
      return broken(name, "Certificate of Secret %s: %s", name, complaint.get());
    }
    return ListenerStatuses.certificateComplaints(subject.itsWay())
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
                Finding.fine(
                    "Secret %s: for %s, issued by %s, %d days left",
                    name,
                    String.join(", ", names),
                    chain.issuers(),
                    Duration.between(subject.now(), end).toDays()));
  }

  private static Optional<Certificate> certificate(Subject subject, Name secret) {
    return subject.cluster().certificates().stream()
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

  private static Finding broken(Name name, String form, Object... values) {
    return Finding.broken(
        Owner.CERTS,
        "kubectl -n %s describe certificate,issuer".formatted(name.namespace()),
        form,
        values);
  }
}
