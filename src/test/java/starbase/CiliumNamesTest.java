package starbase;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import starbase.cilium.CiliumPlan;
import starbase.kubernetes.CiliumNames;
import starbase.talos.Talos;
import starbase.testing.SampleLab;

/** Names that several places have to agree on. */
class CiliumNamesTest {
  @Test
  void theServiceOfAGatewayIsCalledAfterIt() {
    assertThat(CiliumNames.serviceOf("gateway-external"))
        .isEqualTo("cilium-gateway-gateway-external");
    assertThat(CiliumNames.serviceOf("g".repeat(48))).hasSize(63).endsWith("ggg");
  }

  /** The expected name is what Cilium's own ShortenK8sResourceName makes of it. */
  @Test
  void aNameThatWouldBeTooLongEndsWithAHashAsCiliumsDoes() {
    assertThat(CiliumNames.serviceOf("a-gateway-whose-name-is-longer-than-forty-eight-characters"))
        .isEqualTo("cilium-gateway-a-gateway-whose-name-is-longer-than-f-d46hkm42mf");
  }

  /** A machine that leaves labels its node; the policy that announces addresses looks for that. */
  @Test
  void theLabelOfAMachineThatLeavesIsThatWhichTheAnnouncementLooksFor() throws IOException {
    try (var script = Talos.class.getResourceAsStream("machine.sh")) {
      assertThat(new String(script.readAllBytes(), StandardCharsets.UTF_8))
          .contains("{\"labels\": {\"" + CiliumPlan.LEAVING + "\": \"\"}}");
    }
    assertThat(CiliumPlan.objects(SampleLab.config().cilium()).toString())
        .contains("key=" + CiliumPlan.LEAVING);
  }
}
