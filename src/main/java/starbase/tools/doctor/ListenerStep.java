package starbase.tools.doctor;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import starbase.tools.status.Conditions;

/**
 * A listener takes the host by that protocol and port, and its controller has taken the listener.
 */
record ListenerStep() implements Step {
  @Override
  public String name() {
    return "listener";
  }

  @Override
  public Owner layer() {
    return Owner.GATEWAYS;
  }

  @Override
  public StepResult examine(Examination examination) {
    var path = examination.requestPath();
    var further =
        "kubectl -n %s describe gateway %s".formatted(path.name().namespace(), path.name().name());
    if (path.listener().isEmpty()) {
      return StepResult.broken(
          layer(),
          further,
          "Gateway %s has no listener for %s by %s at port %d; it has %s",
          path.name(),
          examination.target().host(),
          examination.target().protocol(),
          examination.target().port(),
          path.gateway().getSpec().getListeners().stream()
              .map(each -> described(path, each))
              .collect(Collectors.joining(", ")));
    }
    var listener = examination.listener();
    var complaint = complaint(path);
    return complaint.isPresent() && !ListenerStatuses.lacksItsCertificate(path)
        ? StepResult.broken(
            layer(),
            further,
            "listener %s of Gateway %s: %s",
            listener.getName(),
            path.name(),
            complaint.get())
        : StepResult.fine("%s takes %s", described(path, listener), examination.target().host());
  }

  private static Optional<String> complaint(RequestPath path) {
    var conditions = Conditions.of(ListenerStatuses.of(path));
    return Stream.of("Accepted", "Programmed", "ResolvedRefs")
        .flatMap(type -> conditions.complaint(type).stream())
        .findFirst();
  }

  private static String described(RequestPath path, Listener listener) {
    return "%s (%s at port %d, hostname %s)"
        .formatted(
            listener.getName(),
            listener.getProtocol(),
            path.port(listener),
            Optional.ofNullable(listener.getHostname()).orElse("any"));
  }
}
