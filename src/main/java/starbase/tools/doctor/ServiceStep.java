package starbase.tools.doctor;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRef;
import java.util.stream.Collectors;

/** The Services that the route names exist with the ports that it names. */
record ServiceStep() implements Step {
  @Override
  public String name() {
    return "service";
  }

  @Override
  public Owner layer() {
    return Owner.APPS;
  }

  @Override
  public StepResult examine(Examination examination) {
    var route = examination.route();
    for (var backend : References.backends(route).toList()) {
      var name = References.service(route, backend);
      var service = ClusterObjects.find(examination.cluster().services(), name);
      if (service.isEmpty()) {
        return broken(
            name, "Service %s, which HTTPRoute %s names, does not exist", name, Name.of(route));
      }
      if (!offers(service.get(), backend)) {
        return broken(
            name,
            "Service %s has no port %d, which HTTPRoute %s names; it has %s",
            name,
            backend.getPort(),
            Name.of(route),
            service.get().getSpec().getPorts().stream()
                .map(port -> String.valueOf(port.getPort()))
                .collect(Collectors.joining(", ")));
      }
    }
    var names =
        References.backends(route)
            .map(each -> References.service(route, each) + ":" + each.getPort())
            .toList();
    return names.isEmpty()
        ? StepResult.fine("none: the route answers by itself")
        : StepResult.fine("Service %s", String.join(", ", names));
  }

  private static boolean offers(Service service, HTTPBackendRef backend) {
    return service.getSpec().getPorts().stream()
        .anyMatch(port -> port.getPort().equals(backend.getPort()));
  }

  private StepResult broken(Name name, String form, Object... values) {
    return StepResult.broken(
        layer(), "kubectl -n %s get service".formatted(name.namespace()), form, values);
  }
}
