package starbase.doctor;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import starbase.status.Conditions;

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
  public Finding examine(Subject subject) {
    var way = subject.itsWay();
    if (way.route().isEmpty()) {
      return Finding.broken(
          layer(),
          "kubectl get httproute -A",
          "no HTTPRoute for %s names Gateway %s or its listener %s",
          subject.target().host(),
          way.name(),
          subject.listener().getName());
    }
    var route = subject.route();
    var statuses = statuses(route, way);
    var complaint =
        statuses.isEmpty()
            ? Optional.of("Gateway %s has not accepted it".formatted(way.name()))
            : statuses.stream().flatMap(each -> complaints(route, each)).findFirst();
    return complaint.isPresent()
        ? Finding.broken(
            layer(),
            "kubectl -n %s describe httproute %s"
                .formatted(Name.of(route).namespace(), Name.of(route).name()),
            "HTTPRoute %s: %s",
            Name.of(route),
            complaint.get())
        : Finding.fine("HTTPRoute %s is Accepted, its references are resolved", Name.of(route));
  }

  private static List<RouteParentStatus> statuses(HTTPRoute route, Way way) {
    return Optional.ofNullable(route.getStatus())
        .map(status -> status.getParents())
        .orElse(List.of())
        .stream()
        .filter(each -> References.names(each.getParentRef(), route, way.gateway()))
        .filter(
            each ->
                each.getParentRef().getSectionName() == null
                    || way.listener()
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
