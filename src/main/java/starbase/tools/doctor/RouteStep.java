package starbase.tools.doctor;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import starbase.tools.status.Conditions;

/** The Gateway has taken the host's route as it is now, and found what it names. */
record RouteStep() implements Step {
  private static final List<String> WANTED = List.of("Accepted", "ResolvedRefs");

  @Override
  public String name() {
    return "route";
  }

  @Override
  public Owner layer() {
    return Owner.APPS;
  }

  @Override
  public StepResult examine(Examination examination) {
    var path = examination.requestPath();
    if (path.route().isEmpty()) {
      return StepResult.broken(
          layer(),
          "kubectl get httproute -A",
          "no HTTPRoute for %s names Gateway %s or its listener %s",
          examination.target().host(),
          path.name(),
          examination.listener().getName());
    }
    var route = examination.route();
    var statuses = statuses(route, path);
    var complaint =
        statuses.isEmpty()
            ? Optional.of("Gateway %s has not accepted it".formatted(path.name()))
            : statuses.stream().flatMap(each -> complaints(route, each)).findFirst();
    return complaint.isPresent()
        ? StepResult.broken(
            layer(),
            "kubectl -n %s describe httproute %s"
                .formatted(Name.of(route).namespace(), Name.of(route).name()),
            "HTTPRoute %s: %s",
            Name.of(route),
            complaint.get())
        : StepResult.fine("HTTPRoute %s is Accepted, its references are resolved", Name.of(route));
  }

  private static List<RouteParentStatus> statuses(HTTPRoute route, RequestPath path) {
    return Optional.ofNullable(route.getStatus())
        .map(status -> status.getParents())
        .orElse(List.of())
        .stream()
        .filter(each -> References.names(each.getParentRef(), route, path.gateway()))
        .filter(
            each ->
                each.getParentRef().getSectionName() == null
                    || path.listener()
                        .map(its -> its.getName().equals(each.getParentRef().getSectionName()))
                        .orElse(true))
        .toList();
  }

  private static Stream<String> complaints(HTTPRoute route, RouteParentStatus status) {
    var current =
        status.getConditions().stream()
            .filter(
                each -> route.getMetadata().getGeneration().equals(each.getObservedGeneration()))
            .toList();
    return WANTED.stream().flatMap(type -> Conditions.of(current).complaint(type).stream());
  }
}
