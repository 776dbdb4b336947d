package starbase.cilium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import starbase.kubernetes.ApiServer;
import starbase.testing.SampleLab;

/** The values for clusters of other makers. That Cilium runs there with them is not proven here. */
class CiliumValuesTest {
  private static final Optional<ApiServer> GIVEN =
      Optional.of(ApiServer.parse("192.168.1.10:6443"));

  @Test
  void talosHasKubePrismAndSettingsOfItsOwn() {
    assertThat(values(true, Optional.empty()))
        .containsEntry("k8sServiceHost", "localhost")
        .containsEntry("k8sServicePort", "7445")
        .containsEntry("kubeProxyReplacement", "true")
        .containsKeys("cgroup", "securityContext");
  }

  @Test
  void anotherSystemHasTheAddressOfItsApiServerAndNothingOfTalos() {
    assertThat(values(false, GIVEN))
        .containsEntry("k8sServiceHost", "192.168.1.10")
        .containsEntry("k8sServicePort", "6443")
        .containsEntry("kubeProxyReplacement", "true")
        .doesNotContainKeys("cgroup", "securityContext");
  }

  @Test
  void anAddressThatIsGivenGoesBeforeKubePrism() {
    assertThat(values(true, GIVEN))
        .containsEntry("k8sServiceHost", "192.168.1.10")
        .containsKeys("cgroup", "securityContext");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.168.1.10",
        "https://192.168.1.10:6443",
        "a b:1",
        ":6443",
        "k8s:",
        "k8s:70000"
      })
  void whatIsNoHostWithAPortIsRefused(String text) {
    assertThatThrownBy(() -> ApiServer.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Map<String, Object> values(boolean talos, Optional<ApiServer> apiServer) {
    return CiliumPlan.values(
        SampleLab.config().cilium(), new CiliumNodes(talos, apiServer, Set.of()), "v1.6.1");
  }
}
