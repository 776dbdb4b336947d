package starbase.doctor;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import starbase.status.Conditions;

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
  public Finding examine(Subject subject) {
    var way = subject.itsWay();
    var further =
        "kubectl -n %s describe gateway %s".formatted(way.name().namespace(), way.name().name());
    if (way.listener().isEmpty()) {
      return Finding.broken(
          layer(),
          further,
          "Gateway %s has no listener for %s by %s at port %d; it has %s",
          way.name(),
          subject.target().host(),
          subject.target().protocol(),
          subject.target().port(),
          way.gateway().getSpec().getListeners().stream()
              .map(each -> described(way, each))
              .collect(Collectors.joining(", ")));
    }
    var listener = subject.listener();
    var complaint = complaint(way);
    return complaint.isPresent() && !ListenerStatuses.lacksItsCertificate(way)
        ? Finding.broken(
            layer(),
            further,
            "listener %s of Gateway %s: %s",
            listener.getName(),
            way.name(),
            complaint.get())
        : Finding.fine("%s takes %s", described(way, listener), subject.target().host());
  }

  private static Optional<String> complaint(Way way) {
    var conditions = Conditions.of(ListenerStatuses.of(way));
    return Stream.of("Accepted", "Programmed", "ResolvedRefs")
        .flatMap(type -> conditions.complaint(type).stream())
        .findFirst();
  }

  private static String described(Way way, Listener listener) {
    return "%s (%s at port %d, hostname %s)"
        .formatted(
            listener.getName(),
            listener.getProtocol(),
            way.port(listener),
            Optional.ofNullable(listener.getHostname()).orElse("any"));
  }
}
