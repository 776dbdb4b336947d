package starbase.stack.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import starbase.apps.AppsPlan;
import starbase.apps.RouteBackends;
import starbase.certs.CertsPlan;
import starbase.cilium.CiliumPlan;
import starbase.findings.Finding;
import starbase.gateways.GatewaysPlan;
import starbase.kubernetes.Manifest;
import starbase.kubernetes.Planned;
import starbase.policies.PoliciesPlan;
import starbase.routing.Attachment;
import starbase.stack.definitions.Definition;
import starbase.stack.definitions.Problem;

/**
 * Every object that the plan makes is one that an API server takes: by the definitions of its kind,
 * of the version that the plan installs. So their limits stand nowhere else.
 */
final class ObjectRules {
  private ObjectRules() {}

  /** The identity of an object in a cluster. */
  private record Identity(String group, String kind, Optional<String> namespace, String name) {
    static Identity of(Manifest object) {
      return new Identity(groupOf(object), object.kind(), object.namespace(), object.name());
    }
  }

  /** The API group of an object; for the core group its version, v1. */
  private static String groupOf(Manifest object) {
    var version = object.apiVersion();
    int slash = version.indexOf('/');
    return slash < 0 ? version : version.substring(0, slash);
  }

  /** Where the version of a group's definitions is said. */
  private record Said(String key, String version) {}

  static List<Finding> check(LabView plan) {
    var said = said(plan);
    var findings = new ArrayList<Finding>();
    var first = new HashMap<Identity, Planned>();
    var other = new TreeMap<String, String>();
    var objects = objects(plan).filter(planned -> plan.intact(planned.key())).toList();
    for (var planned : objects) {
      findings.addAll(twice(first, planned));
      var object = planned.object();
      var installed = installed(said, object);
      Definition.ofKind(object.apiVersion(), object.kind())
          .filter(definition -> !fits(definition, installed))
          .ifPresent(
              definition ->
                  installed.ifPresent(each -> other.put(each.key(), definition.version())));
    }
    findings.addAll(objects.parallelStream().flatMap(planned -> refused(said, planned)).toList());
    other.forEach(
        (key, kept) -> {
          if (plan.intact(key)) {
            findings.add(unknown(key, kept, said));
          }
        });
    return findings;
  }

  private static Stream<Finding> refused(Map<String, Said> said, Planned planned) {
    var object = planned.object();
    return Stream.concat(
        findings(planned, "metadata", Definition.ofMetadata(), object.metadata()),
        Definition.ofKind(object.apiVersion(), object.kind())
            .filter(definition -> fits(definition, installed(said, object)))
            .stream()
            .flatMap(definition -> findings(planned, "", definition, object.tree())));
  }

  private static Optional<Said> installed(Map<String, Said> said, Manifest object) {
    return Optional.ofNullable(said.get(groupOf(object)));
  }

  /**
   * Two different objects of one name: the second would take over the first. What several Gateways
   * share, a GatewayClass for instance, is the same object.
   */
  private static List<Finding> twice(Map<Identity, Planned> first, Planned planned) {
    var object = planned.object();
    var before = first.putIfAbsent(Identity.of(object), planned);
    return before == null || before.object().tree().equals(object.tree())
        ? List.of()
        : List.of(
            Finding.error(
                    planned.key(),
                    "would create %s \"%s\" %s"
                        .formatted(
                            object.kind(),
                            object.name(),
                            before.key().equals(planned.key())
                                ? "twice"
                                : "a second time, after %s".formatted(before.key())))
                .allowed("different names"));
  }

  private static Finding unknown(String key, String kept, Map<String, Said> said) {
    var given = said.values().stream().filter(each -> each.key().equals(key)).findFirst();
    return Finding.warning(
            key, "is a version without definitions in this program, so its objects are not checked")
        .given(given.map(Said::version).orElse(""))
        .remedy("use %s to have them checked".formatted(kept));
  }

  private static boolean fits(Definition definition, Optional<Said> installed) {
    return definition.version().isEmpty()
        || installed.map(each -> each.version().equals(definition.version())).orElse(false);
  }

  private static Map<String, Said> said(LabView plan) {
    var said = new TreeMap<String, Said>();
    plan.draft()
        .gatewayApi()
        .ifPresent(
            its ->
                said.put(
                    "gateway.networking.k8s.io",
                    new Said("starbase:gatewayApi.version", its.version().text())));
    plan.draft()
        .cilium()
        .ifPresent(
            its ->
                said.put(
                    "cilium.io", new Said("starbase:cilium.chart.version", its.chart().version())));
    plan.draft()
        .certs()
        .ifPresent(
            its ->
                said.put(
                    "cert-manager.io",
                    new Said("starbase:certs.chart.version", its.chart().version())));
    return said;
  }

  static Stream<Planned> objects(LabView plan) {
    return Stream.of(
            plan.draft().cilium().map(CiliumPlan::objects).orElse(List.of()),
            plan.draft().certs().map(CertsPlan::objects).orElse(List.of()),
            PoliciesPlan.objects(plan.production(), RouteBackends.of(plan.apps())),
            GatewaysPlan.objects(plan.gateways()),
            AppsPlan.routes(plan.apps(), Attachment.parents(plan.apps(), plan.gateways())))
        .flatMap(List::stream);
  }

  private static Stream<Finding> findings(
      Planned planned, String within, Definition definition, Object value) {
    return definition.problems(value).stream().map(problem -> finding(planned, within, problem));
  }

  private static Finding finding(Planned planned, String within, Problem problem) {
    var field =
        within.isEmpty() || problem.path().isEmpty()
            ? within + problem.path()
            : within + "." + problem.path();
    var finding =
        Finding.error(
            planned.keyOf(field),
            "%s, in %s of %s \"%s\""
                .formatted(
                    problem.wrong(),
                    field.isEmpty() ? "all" : field,
                    planned.object().kind(),
                    planned.object().name()));
    var told = problem.given().isEmpty() ? finding : finding.given(problem.given());
    return problem.allowed().isEmpty() ? told : told.allowed(problem.allowed());
  }
}
