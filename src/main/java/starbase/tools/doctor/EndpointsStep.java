package starbase.tools.doctor;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Each Service has a pod that is ready. */
record EndpointsStep() implements Step {
  private static final String SERVICE = "kubernetes.io/service-name";

  @Override
  public String name() {
    return "endpoints";
  }

  @Override
  public Owner layer() {
    return Owner.APPS;
  }

  @Override
  public StepResult examine(Examination examination) {
    var route = examination.route();
    var counts = new ArrayList<String>();
    for (var name :
        References.backends(route)
            .map(each -> References.service(route, each))
            .distinct()
            .toList()) {
      var all = endpoints(examination, name);
      var ready = all.stream().filter(EndpointsStep::ready).count();
      if (ready == 0) {
        return StepResult.broken(
            layer(),
            "kubectl -n %s get deployment,pod".formatted(name.namespace()),
            "Service %s has no ready endpoint: %s",
            name,
            all.isEmpty() ? "there is no pod" : "%d not ready".formatted(all.size()));
      }
      counts.add("%d of %d ready behind %s".formatted(ready, all.size(), name));
    }
    return counts.isEmpty()
        ? StepResult.fine("none are needed")
        : StepResult.fine("%s", String.join(", ", counts));
  }

  private static List<Endpoint> endpoints(Examination examination, Name service) {
    return examination.cluster().slices().stream()
        .filter(slice -> slice.getMetadata().getNamespace().equals(service.namespace()))
        .filter(slice -> service.name().equals(slice.getMetadata().getLabels().get(SERVICE)))
        .flatMap(slice -> Optional.ofNullable(slice.getEndpoints()).stream().flatMap(List::stream))
        .toList();
  }

  /** One whose readiness is unknown counts as ready, as the EndpointSlice API has it. */
  private static boolean ready(Endpoint endpoint) {
    return endpoint.getConditions() == null
        || !Boolean.FALSE.equals(endpoint.getConditions().getReady());
  }
}
