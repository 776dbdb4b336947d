package starbase.stack.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import starbase.findings.Finding;
import starbase.kubernetes.ChartSource;
import starbase.kubernetes.ClusterPlan;
import starbase.kubernetes.Version;

/** The versions fit each other, and were tried together. */
final class VersionRules {
  private static final Compatibility TRIED = Compatibility.read();

  /**
   * The machine configs that the lab writes have documents of their own for names and addresses.
   * Source: github.com/siderolabs/talos v1.12.0, pkg/machinery/config/types/network.
   */
  private static final Version FIRST_MADE_TALOS = new Version("v1.12.0");

  /** 1.20.0 can answer every request to a Gateway with 403 (cilium#47624). */
  private static final Version FIRST_CILIUM = new Version("1.20.1");

  /**
   * Source: cilium v1.20.2, Documentation/network/servicemesh/gateway-api/installation.rst: from
   * v1.6.1 on, as the operator asks for TLSRoute v1.
   */
  private static final Version FIRST_GATEWAY_API = new Version("v1.6.1");

  /**
   * Source: cilium v1.20.2, operator/pkg/gateway-api/helpers, RequiredGVKs: without one, none
   * works.
   */
  private static final List<String> GATEWAY_API_KINDS =
      List.of(
          "gatewayclasses",
          "gateways",
          "httproutes",
          "grpcroutes",
          "tlsroutes",
          "referencegrants",
          "backendtlspolicies");

  private VersionRules() {}

  static List<Finding> check(LabView plan) {
    var findings = new ArrayList<Finding>();
    var cluster = plan.cluster();
    var kubernetes = cluster.flatMap(ClusterPlan::kubernetes);
    cluster
        .flatMap(ClusterPlan::talos)
        .ifPresent(
            talos ->
                fit(
                    TRIED.talos(),
                    "Talos",
                    talos,
                    "starbase:cluster.plan.talos",
                    kubernetes,
                    findings));
    plan.made()
        .flatMap(ClusterPlan::talos)
        .filter(talos -> talos.compareTo(FIRST_MADE_TALOS) < 0)
        .ifPresent(
            talos ->
                findings.add(
                    Finding.error(
                            "starbase:cluster.plan.talos",
                            "can't read the machine configs that the lab writes")
                        .given(talos)
                        .allowed(FIRST_MADE_TALOS + " or newer")));
    plan.draft()
        .cilium()
        .ifPresent(
            its -> {
              var key = "starbase:cilium.chart.version";
              var version = version(its.chart());
              fit(TRIED.cilium(), "Cilium", version, key, kubernetes, findings);
              if (version.line().equals(FIRST_CILIUM.line())
                  && version.compareTo(FIRST_CILIUM) < 0) {
                findings.add(
                    Finding.error(
                            key, "can answer every request to a Gateway with 403 (cilium#47624)")
                        .given(version)
                        .allowed("1.20.1 or newer of this line"));
              }
            });
    plan.draft()
        .certs()
        .ifPresent(
            its ->
                fit(
                    TRIED.certManager(),
                    "cert-manager",
                    version(its.chart()),
                    "starbase:certs.chart.version",
                    kubernetes,
                    findings));
    findings.addAll(gatewayApi(plan));
    return findings;
  }

  private static List<Finding> gatewayApi(LabView plan) {
    var findings = new ArrayList<Finding>();
    plan.draft()
        .gatewayApi()
        .ifPresent(
            bundle -> {
              var version = bundle.version();
              if (version.compareTo(FIRST_GATEWAY_API) < 0) {
                findings.add(
                    Finding.error("starbase:gatewayApi.version", "is too old for Cilium 1.20")
                        .given(version)
                        .allowed(FIRST_GATEWAY_API + " or newer"));
              } else if (!TRIED.gatewayApi().contains(version.line())) {
                findings.add(
                    untried("starbase:gatewayApi.version", "the Gateway API", version)
                        .allowed(String.join(", ", TRIED.gatewayApi())));
              }
              for (var kind : GATEWAY_API_KINDS) {
                var file = "gateway.networking.k8s.io_" + kind + ".yaml";
                if (!bundle.files().containsKey(file) && plan.intact("starbase:gatewayApi.files")) {
                  findings.add(
                      Finding.error(
                              "starbase:gatewayApi.files",
                              "has no %s: without it, Cilium creates no Gateway".formatted(file))
                          .allowed("the bundle's files, including this one"));
                }
              }
            });
    return findings;
  }

  private static void fit(
      Map<String, Compatibility.Range> table,
      String what,
      Version version,
      String key,
      Optional<Version> kubernetes,
      List<Finding> findings) {
    var range = table.get(version.line());
    if (range == null) {
      findings.add(untried(key, what, version).allowed(String.join(", ", table.keySet())));
      return;
    }
    kubernetes
        .filter(cluster -> !range.takes(cluster))
        .ifPresent(
            cluster ->
                findings.add(
                    Finding.error(
                            key,
                            "does not run on Kubernetes %s (starbase:cluster.plan.kubernetes)"
                                .formatted(cluster))
                        .given(version)
                        .allowed("%s %s on Kubernetes %s".formatted(what, version.line(), range))));
  }

  private static Finding untried(String key, String what, Version version) {
    return Finding.warning(key, "is not a tested version of %s".formatted(what)).given(version);
  }

  private static Version version(ChartSource chart) {
    return new Version(chart.version());
  }
}
