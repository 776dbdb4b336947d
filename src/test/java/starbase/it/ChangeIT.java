package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a person changes in the stack file arrives in the cluster, and nothing else moves. Each test
 * puts the lab back.
 */
@ExtendWith(VirtualLab.class)
class ChangeIT {

  private final VirtualLab.Running lab;

  ChangeIT(VirtualLab.Running lab) {
    this.lab = lab;
    lab.firstUp().succeeded();
  }

  @AfterEach
  void asItWas() {
    lab.project().restore();
    lab.up().succeeded();
  }

  @Test
  void aChangedHostnameArrives() {
    lab.project().edit(file -> file.replace("- app.starbasestudio.uk", "- shop.starbasestudio.uk"));
    lab.up().succeeded();
    var route = lab.get("httproute", "-n", "app-x", "app-x");
    assertThat(route.at("/spec/hostnames/0").asText()).isEqualTo("shop.starbasestudio.uk");
    assertThat(route.at("/status/parents/0/conditions").findValuesAsText("observedGeneration"))
        .containsOnly(route.at("/metadata/generation").asText());
  }

  @Test
  void aRemovedAppIsGoneAndItsNeighboursStay() {
    lab.project().edit(file -> file.substring(0, file.indexOf("    app-x:\n      namespace")));
    lab.up().succeeded();
    assertThat(lab.get("httproute", "-n", "app-x").at("/items")).isEmpty();
    assertThat(lab.get("deployment", "-n", "app-x").at("/items")).isEmpty();
    assertThat(lab.get("httproute", "-n", "homepage").at("/items")).hasSize(1);
  }

  @Test
  void badInputCostsOneMessageAndTouchesNothing() {
    var before =
        lab.get("gateway", "-n", "gateway", "gateway-external")
            .at("/metadata/resourceVersion")
            .asText();
    lab.project().edit(file -> file.replace("address: 192.168.1.102", "address: 192.168.1.1020"));
    var refused = lab.up();
    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.all())
        .contains("starbase:gateways.gateway-external.address", "192.168.1.1020")
        .doesNotContain("Exception", "\tat ");
    assertThat(
            lab.get("gateway", "-n", "gateway", "gateway-external")
                .at("/metadata/resourceVersion")
                .asText())
        .isEqualTo(before);
  }
}
