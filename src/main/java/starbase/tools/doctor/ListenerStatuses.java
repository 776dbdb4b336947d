package starbase.tools.doctor;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a Gateway's controller says of its listeners. */
final class ListenerStatuses {
  private ListenerStatuses() {}

  /** The conditions of the path's listener. */
  static List<Condition> of(RequestPath path) {
    return path.listener().stream()
        .flatMap(
            listener ->
                Optional.ofNullable(path.gateway().getStatus())
                    .map(status -> status.getListeners())
                    .stream()
                    .flatMap(List::stream)
                    .filter(status -> listener.getName().equals(status.getName())))
        .flatMap(status -> status.getConditions().stream())
        .toList();
  }

  /** What the controller has to say against the listener's certificate. */
  static Stream<Condition> certificateComplaints(RequestPath path) {
    return of(path).stream()
        .filter(each -> each.getType().equals("ResolvedRefs") && !each.getStatus().equals("True"))
        .filter(
            each -> List.of("InvalidCertificateRef", "RefNotPermitted").contains(each.getReason()));
  }

  /** Whether it is the certificate that the listener, and with it the Gateway, waits for. */
  static boolean lacksItsCertificate(RequestPath path) {
    return certificateComplaints(path).findAny().isPresent();
  }
}
