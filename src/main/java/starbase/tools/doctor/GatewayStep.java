package starbase.tools.doctor;

import java.util.stream.Stream;
import starbase.tools.status.Conditions;

/** Checks that the Gateway is Accepted and Programmed. */
record GatewayStep() implements Step {
  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public Owner layer() {
    return Owner.GATEWAYS;
  }

  @Override
  public StepResult examine(Examination examination) {
    var path = examination.requestPath();
    var conditions = Conditions.of(path.gateway());
    var complaint =
        Stream.of("Accepted", "Programmed")
            .flatMap(type -> conditions.complaint(type).stream())
            .findFirst();
    if (complaint.isEmpty()) {
      return StepResult.fine("Gateway %s is Accepted and Programmed", path.name());
    }
    if (ListenerStatuses.lacksItsCertificate(path)) {
      return StepResult.fine("Gateway %s waits for a certificate", path.name());
    }
    return StepResult.broken(
        layer(),
        "kubectl -n %s describe gateway %s".formatted(path.name().namespace(), path.name().name()),
        "Gateway %s of class %s: %s",
        path.name(),
        path.gateway().getSpec().getGatewayClassName(),
        complaint.get());
  }
}
