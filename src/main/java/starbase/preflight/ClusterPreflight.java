package starbase.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import starbase.findings.Finding;
import starbase.findings.InvalidConfig;
import starbase.waits.ClusterReader;

/**
 * Checks an existing cluster before changing it: a second CNI or kube-proxy beside Cilium breaks
 * the network of every pod.
 */
public final class ClusterPreflight {
  private static final String KEY = "starbase:cluster";
  private static final String K3S_ARGUMENTS = "k3s.io/node-args";

  /** Where container runtimes look for the configuration of CNI plugins. */
  private static final String CNI = "/etc/cni";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final boolean talos;
  private final List<Finding> findings = new ArrayList<>();

  private ClusterPreflight(boolean talos) {
    this.talos = talos;
  }

  /**
   * Checks the cluster.
   *
   * @param talos whether its nodes run Talos
   * @param preview whether nothing will be changed: then every finding is a warning
   * @param warn takes the warnings
   * @throws InvalidConfig with all findings, if something would break and this is no preview
   */
  public static void check(
      ClusterReader cluster, boolean talos, boolean preview, Consumer<String> warn) {
    var checks = new ClusterPreflight(talos);
    try {
      cluster.list("apps/v1", "DaemonSet", "").forEach(checks::daemonSet);
      cluster.list("v1", "Node", "").stream()
          .flatMap(node -> k3sArguments(node).stream())
          .filter(arguments -> arguments.contains("server"))
          .findFirst()
          .ifPresent(checks::k3s);
    } catch (KubernetesClientException e) {
      checks.findings.add(unknown(e));
    }
    Preflight.tell(checks.findings, preview, warn);
  }

  private void daemonSet(GenericKubernetesResource its) {
    var name = its.getMetadata().getNamespace() + "/" + its.getMetadata().getName();
    var labels =
        Objects.requireNonNullElse(its.getMetadata().getLabels(), Map.<String, String>of());
    if (name.endsWith("/kube-proxy") || "kube-proxy".equals(labels.get("k8s-app"))) {
      findings.add(
          Finding.error(
                  KEY, "runs kube-proxy (DaemonSet %s), which Cilium replaces".formatted(name))
              .remedy(
                  first("cluster.proxy.disabled: true")
                      + "kubectl delete daemonset --namespace %s %s; on each node: iptables-save | grep -v KUBE | iptables-restore"
                          .formatted(
                              its.getMetadata().getNamespace(), its.getMetadata().getName())));
    } else if (configuresNetwork(its)
        && !"cilium".equals(labels.get("k8s-app"))
        && !name.contains("multus")) {
      findings.add(
          Finding.error(
                  KEY,
                  "has another CNI (DaemonSet %s): a node uses the first CNI configuration that it finds"
                      .formatted(name))
              .remedy(
                  first("cluster.network.cni.name: none")
                      + "kubectl delete daemonset --namespace %s %s; on each node: remove what it left in %s/net.d, and restart the node"
                          .formatted(
                              its.getMetadata().getNamespace(), its.getMetadata().getName(), CNI)));
    }
  }

  /** Talos recreates its own DaemonSets unless the machine config disables them. */
  private String first(String setting) {
    return talos ? "%s in the machine config of each control plane; then ".formatted(setting) : "";
  }

  private static boolean configuresNetwork(GenericKubernetesResource daemonSet) {
    return JSON
        .<JsonNode>valueToTree(daemonSet)
        .at("/spec/template/spec/volumes")
        .findValuesAsText("path")
        .stream()
        .anyMatch(path -> path.equals(CNI) || path.startsWith(CNI + "/"));
  }

  /** k3s has both in its own program: no object of the cluster shows them. */
  private void k3s(List<String> arguments) {
    var missing = new ArrayList<String>();
    if (!isSet(arguments, "--disable-kube-proxy", "true")) {
      missing.add("disable-kube-proxy: true");
    }
    if (!isSet(arguments, "--flannel-backend", "none")) {
      missing.add("flannel-backend: none");
      missing.add("disable-network-policy: true");
    }
    if (!missing.isEmpty()) {
      findings.add(
          Finding.error(KEY, "is a k3s cluster that runs its own kube-proxy or flannel")
              .remedy(
                  "on each server, in /etc/rancher/k3s/config.yaml: %s; then restart the nodes"
                      .formatted(String.join(", ", missing))));
    }
  }

  /** An argument without a value is true. */
  private static boolean isSet(List<String> arguments, String name, String value) {
    int at = arguments.indexOf(name);
    if (at < 0) {
      return arguments.contains(name + "=" + value);
    }
    var next = at + 1 < arguments.size() ? arguments.get(at + 1) : "--";
    return next.startsWith("--") ? value.equals("true") : next.equals(value);
  }

  /**
   * What k3s writes on each of its nodes: a JSON list, as ["server","--flannel-backend","none"].
   */
  private static Optional<List<String>> k3sArguments(GenericKubernetesResource node) {
    return Optional.ofNullable(node.getMetadata().getAnnotations())
        .flatMap(all -> Optional.ofNullable(all.get(K3S_ARGUMENTS)))
        .flatMap(ClusterPreflight::texts);
  }

  private static Optional<List<String>> texts(String json) {
    try {
      return Optional.of(List.of(JSON.readValue(json, String[].class)));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Finding unknown(KubernetesClientException e) {
    return e.getCode() == 403
        ? Finding.warning(
            KEY,
            "does not let this user list DaemonSets and nodes, so another CNI would go unnoticed")
        : Finding.error(KEY, "does not answer (%s)".formatted(ClusterReader.reason(e)))
            .remedy("check the kubeconfig, its context and the cluster: kubectl get nodes");
  }
}
