package starbase.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import starbase.config.Finding;
import starbase.kubernetes.ChartSource;
import starbase.kubernetes.ClusterPlan;
import starbase.kubernetes.Version;

/** The versions fit each other. A line that is not in the tables here was never tried together. */
final class Versions {
  /** From and to are lines of Kubernetes, both included. */
  private record Kubernetes(String from, String to) {
    boolean takes(Version version) {
      return new Version(from + ".0").compareTo(version) <= 0
          && (version.line().equals(to) || version.compareTo(new Version(to + ".0")) < 0);
    }

    @Override
    public String toString() {
      return from + " to " + to;
    }
  }

  /**
   * Source: github.com/siderolabs/talos pkg/machinery v1.13.9, compatibility/talos111 to talos113.
   */
  private static final Map<String, Kubernetes> TALOS =
      new TreeMap<>(
          Map.of(
              "1.11", new Kubernetes("1.29", "1.34"),
              "1.12", new Kubernetes("1.30", "1.35"),
              "1.13", new Kubernetes("1.31", "1.36")));

  /**
   * The machine configs that the lab writes have documents of their own for names and addresses.
   * Source: github.com/siderolabs/talos v1.12.0, pkg/machinery/config/types/network.
   */
  private static final Version FIRST_MADE_TALOS = new Version("v1.12.0");

  /** Source: https://cert-manager.io/docs/releases/, supported Kubernetes versions. */
  private static final Map<String, Kubernetes> CERT_MANAGER =
      new TreeMap<>(
          Map.of(
              "1.19", new Kubernetes("1.31", "1.35"),
              "1.20", new Kubernetes("1.32", "1.35"),
              "1.21", new Kubernetes("1.33", "1.36")));

  /**
   * Source: cilium v1.20.2, Documentation/network/kubernetes/compatibility.rst. The layer's values
   * and its GatewayClass are for this line alone.
   */
  private static final Map<String, Kubernetes> CILIUM =
      new TreeMap<>(Map.of("1.20", new Kubernetes("1.33", "1.36")));

  /** 1.20.0 can answer every request to a Gateway with 403 (cilium#47624). */
  private static final Version FIRST_CILIUM = new Version("1.20.1");

  /**
   * Source: cilium v1.20.2, Documentation/network/servicemesh/gateway-api/installation.rst: from
   * v1.6.1 on, as the operator asks for TLSRoute v1.
   */
  private static final Version FIRST_GATEWAY_API = new Version("v1.6.1");

  private static final String GATEWAY_API_LINE = "1.6";

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

  private Versions() {}

  static List<Finding> check(Plan plan) {
    var findings = new ArrayList<Finding>();
    var cluster = plan.cluster();
    var kubernetes = cluster.flatMap(ClusterPlan::kubernetes);
    cluster
        .flatMap(ClusterPlan::talos)
        .ifPresent(
            talos ->
                fit(TALOS, "Talos", talos, "starbase:cluster.plan.talos", kubernetes, findings));
    plan.made()
        .flatMap(ClusterPlan::talos)
        .filter(talos -> TALOS.containsKey(talos.line()) && talos.compareTo(FIRST_MADE_TALOS) < 0)
        .ifPresent(
            talos ->
                findings.add(
                    Finding.error(
                            "starbase:cluster.plan.talos",
                            "does not read the machine configs that the lab writes")
                        .given(talos)
                        .allowed(FIRST_MADE_TALOS + " or newer")));
    plan.draft()
        .cilium()
        .ifPresent(
            its -> {
              var key = "starbase:cilium.chart.version";
              var version = version(its.chart());
              fit(CILIUM, "Cilium", version, key, kubernetes, findings);
              if (CILIUM.containsKey(version.line()) && version.compareTo(FIRST_CILIUM) < 0) {
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
                    CERT_MANAGER,
                    "cert-manager",
                    version(its.chart()),
                    "starbase:certs.chart.version",
                    kubernetes,
                    findings));
    findings.addAll(gatewayApi(plan));
    return findings;
  }

  private static List<Finding> gatewayApi(Plan plan) {
    var findings = new ArrayList<Finding>();
    plan.draft()
        .gatewayApi()
        .ifPresent(
            bundle -> {
              var version = new Version(bundle.version());
              if (!version.line().equals(GATEWAY_API_LINE)
                  || version.compareTo(FIRST_GATEWAY_API) < 0) {
                findings.add(
                    Finding.error("starbase:gatewayApi.version", "does not fit Cilium 1.20")
                        .given(version)
                        .allowed("v1.6.1 or newer of this line"));
              }
              for (var kind : GATEWAY_API_KINDS) {
                var file = "gateway.networking.k8s.io_" + kind + ".yaml";
                if (!bundle.files().containsKey(file) && plan.intact("starbase:gatewayApi.files")) {
                  findings.add(
                      Finding.error(
                              "starbase:gatewayApi.files",
                              "has no %s: without it Cilium makes no Gateway at all"
                                  .formatted(file))
                          .allowed("the bundle's files, this one among them"));
                }
              }
            });
    return findings;
  }

  private static void fit(
      Map<String, Kubernetes> table,
      String what,
      Version version,
      String key,
      Optional<Version> kubernetes,
      List<Finding> findings) {
    var range = table.get(version.line());
    if (range == null) {
      findings.add(
          Finding.error(
                  key, "is of a line of %s that was never tried with the rest".formatted(what))
              .given(version)
              .allowed(String.join(", ", table.keySet())));
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

  private static Version version(ChartSource chart) {
    return new Version(chart.version());
  }
}
