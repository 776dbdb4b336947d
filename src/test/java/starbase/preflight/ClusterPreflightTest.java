package starbase.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import starbase.findings.Finding;
import starbase.findings.InvalidConfig;
import starbase.waits.FakeCluster;

/** What is found in clusters of other makers before anything is changed there. */
class ClusterPreflightTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> warnings = new ArrayList<>();
  private final FakeCluster cluster = new FakeCluster();

  @Test
  void aClusterWithoutANetworkIsNoFinding() {
    daemonSet("monitoring", "node-exporter", "/proc");
    node("{}");

    assertThat(findings(false)).isEmpty();
  }

  @Test
  void ciliumThatIsThereFromAnEarlierUpIsNoFinding() {
    cluster.has(
        """
        {"apiVersion":"apps/v1","kind":"DaemonSet",
         "metadata":{"namespace":"kube-system","name":"cilium","labels":{"k8s-app":"cilium"}},
         "spec":{"template":{"spec":{"volumes":[{"hostPath":{"path":"/etc/cni/net.d"}}]}}}}
        """);

    assertThat(findings(false)).isEmpty();
  }

  @Test
  void kubeProxyAndAnotherCniAreTwoFindingsAndOnlyWarningsInAPreview() {
    daemonSet("kube-system", "kube-proxy", "/lib/modules");
    daemonSet("kube-flannel", "kube-flannel-ds", "/etc/cni/net.d");

    assertThat(findings(false))
        .extracting(Finding::text)
        .containsExactly(
            "starbase:cluster: runs kube-proxy (DaemonSet kube-system/kube-proxy), which Cilium replaces; kubectl delete daemonset --namespace kube-system kube-proxy; on"
                + " each node: iptables-save | grep -v KUBE | iptables-restore",
            "starbase:cluster: has another CNI (DaemonSet kube-flannel/kube-flannel-ds): a node uses the first CNI configuration that it finds; kubectl delete daemonset"
                + " --namespace kube-flannel kube-flannel-ds; on each node: remove what it left in"
                + " /etc/cni/net.d, and restart the node");

    ClusterPreflight.check(cluster, false, true, warnings::add);
    assertThat(warnings).hasSize(2);
  }

  @Test
  void onTalosItIsSaidWhatWouldBringThemBack() {
    daemonSet("kube-system", "kube-proxy", "/lib/modules");

    assertThat(findings(true))
        .singleElement()
        .extracting(Finding::remedy)
        .asString()
        .startsWith("cluster.proxy.disabled: true in the machine config of each control plane;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"calico-node", "weave-net", "canal", "antrea-agent", "unheard-of"})
  void everyCniIsFoundByWhereItPutsItsConfiguration(String name) {
    daemonSet("kube-system", name, "/etc/cni/net.d");

    assertThat(findings(false)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"server\"] | disable-kube-proxy: true, flannel-backend: none, disable-network-policy: true",
        "[\"server\",\"--flannel-backend\",\"none\"] | disable-kube-proxy: true",
        "[\"server\",\"--disable-kube-proxy\",\"--flannel-backend\",\"vxlan\"] | flannel-backend: none, disable-network-policy: true",
        "[\"server\",\"--flannel-backend=none\",\"--disable-kube-proxy\",\"false\"] | disable-kube-proxy: true",
      })
  void aK3sThatKeepsItsOwnIsAFinding(String arguments, String missing)
      throws JsonProcessingException {
    node("{\"k3s.io/node-args\":%s}".formatted(JSON.writeValueAsString("[\"agent\"]")));
    node("{\"k3s.io/node-args\":%s}".formatted(JSON.writeValueAsString(arguments)));

    assertThat(findings(false))
        .singleElement()
        .extracting(Finding::remedy)
        .asString()
        .isEqualTo(
            "on each server, in /etc/rancher/k3s/config.yaml: %s; then restart the nodes"
                .formatted(missing));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"server\",\"--flannel-backend\",\"none\",\"--disable-kube-proxy\"]",
        "[\"server\",\"--flannel-backend=none\",\"--disable-kube-proxy=true\"]",
        "[\"server\",\"--disable-kube-proxy\",\"true\",\"--flannel-backend\",\"none\"]",
        "not a list"
      })
  void aK3sWithoutThemIsNone(String arguments) throws JsonProcessingException {
    node("{\"k3s.io/node-args\":%s}".formatted(JSON.writeValueAsString(arguments)));

    assertThat(findings(false)).isEmpty();
  }

  @Test
  void aClusterThatDoesNotAnswerStopsAnUpAndOneThatShowsNothingDoesNot() {
    cluster.refuses(0, "connection refused");
    var refused =
        catchThrowableOfType(
            InvalidConfig.class,
            () -> ClusterPreflight.check(cluster, false, false, warnings::add));
    assertThat(refused).hasMessageContaining("starbase:cluster: does not answer (connection");

    cluster.refuses(403, "no");
    ClusterPreflight.check(cluster, false, false, warnings::add);
    assertThat(warnings).hasSize(1);
  }

  private void daemonSet(String namespace, String name, String path) {
    cluster.has(
        """
        {"apiVersion":"apps/v1","kind":"DaemonSet",
         "metadata":{"namespace":"%s","name":"%s"},
         "spec":{"template":{"spec":{"volumes":[{"name":"a","hostPath":{"path":"%s"}}]}}}}
        """
            .formatted(namespace, name, path));
  }

  private void node(String annotations) {
    cluster.has(
        """
        {"apiVersion":"v1","kind":"Node","metadata":{"name":"n","annotations":%s}}
        """
            .formatted(annotations));
  }

  private List<Finding> findings(boolean talos) {
    var refused =
        catchThrowableOfType(
            InvalidConfig.class,
            () -> ClusterPreflight.check(cluster, talos, false, warnings::add));
    return refused == null ? List.of() : refused.findings();
  }
}
