package starbase.tools.doctor;

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
  public StepResult examine(Examination examination) {
    var target = examination.target();
    var route = Name.of(examination.route());
    try {
      var answer =
          request.send(
              examination.address(),
              target,
              target.tls() ? CertificateStep.trusted(examination) : List.of());
      return answer.status() == NOT_FOUND || answer.status() >= SERVER_ERROR
          ? StepResult.broken(
              layer(),
              "kubectl -n %s logs --all-containers --prefix deployment/%s"
                  .formatted(route.namespace(), route.name()),
              "%s %s answered %d after %d ms",
              target.host(),
              target.path(),
              answer.status(),
              answer.took().toMillis())
          : StepResult.fine("%d after %d ms", answer.status(), answer.took().toMillis());
    } catch (SSLException e) {
      return StepResult.broken(
          Owner.GATEWAYS,
          "openssl s_client -connect %s:%d -servername %s"
              .formatted(examination.address(), target.port(), target.host()),
          "no TLS with %s for %s: %s",
          examination.address(),
          target.host(),
          String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return StepResult.broken(
          Owner.CILIUM,
          "kubectl -n kube-system get pods -l k8s-app=cilium -o wide",
          "no answer from %s port %d: %s",
          examination.address(),
          target.port(),
          String.valueOf(e.getMessage()));
    }
  }
}
