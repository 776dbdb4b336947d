package starbase.doctor;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a Gateway's controller says of its listeners. */
final class ListenerStatuses {
  private ListenerStatuses() {}

  /** The conditions of the way's listener. */
  static List<Condition> of(Way way) {
    return way.listener().stream()
        .flatMap(
            listener ->
                Optional.ofNullable(way.gateway().getStatus())
                    .map(status -> status.getListeners())
                    .stream()
                    .flatMap(List::stream)
                    .filter(status -> listener.getName().equals(status.getName())))
        .flatMap(status -> status.getConditions().stream())
        .toList();
  }

  /** What the controller has to say against the listener's certificate. */
  static Stream<Condition> certificateComplaints(Way way) {
    return of(way).stream()
        .filter(each -> each.getType().equals("ResolvedRefs") && !each.getStatus().equals("True"))
        .filter(
            each -> List.of("InvalidCertificateRef", "RefNotPermitted").contains(each.getReason()));
  }

  /** Whether it is the certificate that the listener, and with it the Gateway, waits for. */
  static boolean lacksItsCertificate(Way way) {
    return certificateComplaints(way).findAny().isPresent();
  }
}
