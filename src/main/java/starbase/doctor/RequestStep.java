package starbase.doctor;

import java.io.IOException;
import java.util.List;
import javax.net.ssl.SSLException;

/** The request itself is answered. */
record RequestStep(Request request) implements Step {
  private static final int NOT_FOUND = 404;
  private static final int SERVER_ERROR = 500;

  @Override
  public String name() {
    return "request";
  }

  @Override
  public Owner layer() {
    return Owner.APPS;
  }

  @Override
  public Finding examine(Subject subject) {
    var target = subject.target();
    var route = Name.of(subject.route());
    try {
      var answer =
          request.send(
              subject.address(),
              target,
              target.tls() ? CertificateStep.trusted(subject) : List.of());
      return answer.status() == NOT_FOUND || answer.status() >= SERVER_ERROR
          ? Finding.broken(
              layer(),
              "kubectl -n %s logs --all-containers --prefix deployment/%s"
                  .formatted(route.namespace(), route.name()),
              "%s %s answered %d after %d ms",
              target.host(),
              target.path(),
              answer.status(),
              answer.took().toMillis())
          : Finding.fine("%d after %d ms", answer.status(), answer.took().toMillis());
    } catch (SSLException e) {
      return Finding.broken(
          Owner.GATEWAYS,
          "openssl s_client -connect %s:%d -servername %s"
              .formatted(subject.address(), target.port(), target.host()),
          "no TLS with %s for %s: %s",
          subject.address(),
          target.host(),
          String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Finding.broken(
          Owner.CILIUM,
          "kubectl -n kube-system get pods -l k8s-app=cilium -o wide",
          "no answer from %s port %d: %s",
          subject.address(),
          target.port(),
          String.valueOf(e.getMessage()));
    }
  }
}
