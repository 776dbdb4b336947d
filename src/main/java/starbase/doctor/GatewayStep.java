package starbase.doctor;

import java.util.stream.Stream;
import starbase.status.Conditions;

/** Its controller has taken the Gateway and programmed it. */
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
  public Finding examine(Subject subject) {
    var way = subject.itsWay();
    var conditions = Conditions.of(way.gateway());
    var complaint =
        Stream.of("Accepted", "Programmed")
            .flatMap(type -> conditions.complaint(type).stream())
            .findFirst();
    if (complaint.isEmpty()) {
      return Finding.fine("Gateway %s is Accepted and Programmed", way.name());
    }
    if (ListenerStatuses.lacksItsCertificate(way)) {
      return Finding.fine("Gateway %s waits for a certificate", way.name());
    }
    return Finding.broken(
        layer(),
        "kubectl -n %s describe gateway %s".formatted(way.name().namespace(), way.name().name()),
        "Gateway %s of class %s: %s",
        way.name(),
        way.gateway().getSpec().getGatewayClassName(),
        complaint.get());
  }
}
